package pglocal

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/user"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
)

// Inspection is what a look at a data directory and at the machine found.
type Inspection struct {
	Dir     string // absolute, where it exists
	Exists  bool   // there is a cluster, or something in its place
	Owner   string // of the cluster, by name or number
	Major   int    // version of PostgreSQL that made the cluster
	Problem error  // why the cluster cannot be used
	Free    uint64 // bytes on its file system; 0 is not known
	Held    bool   // an instance uses it at this moment
	Holder  Holder // that instance

	Programs string // folder of the programs that would serve it
	Version  string // of those programs
	Missing  error  // why there are none
}

// Inspect looks without changing anything: it makes no folder, takes no lock,
// and starts or downloads no server.
func Inspect(ctx context.Context, o Options) Inspection {
	found := Inspection{Dir: o.Dir}
	s := &Server{opt: o.withDefaults()}
	if dir, err := realPath(o.Dir); err == nil {
		found.Dir = dir
	}
	found.Free = freeBytes(existing(found.Dir))
	s.data = filepath.Join(found.Dir, "data")
	found.Holder, found.Held = HeldBy(found.Dir)
	found.Exists, found.Problem = Exists(found.Dir)
	if found.Problem == nil {
		s.user, found.Problem = serverUser(s.data)
	}
	if found.Exists && found.Problem == nil {
		found.Owner = ownerOf(s.data)
		if found.Problem = s.user.canEnter(found.Dir); found.Problem == nil {
			found.Major, found.Problem = clusterMajor(s.data)
		}
	}
	best, tried := s.present(ctx, found.Major)
	if best.major == 0 {
		found.Missing = lacking(s.opt.MinMajor, found.Major, tried)
	}
	found.Programs, found.Version = best.dir, best.version
	return found
}

// present finds the programs that would serve, on this machine or downloaded
// by an earlier start, and says where else it looked.
func (s *Server) present(ctx context.Context, major int) (best binaries, tried []string) {
	best, tried = s.search(ctx, major)
	if best.major != 0 || s.opt.BinDir != "" || s.opt.CacheDir == "" {
		return best, tried
	}
	b, err := s.bundleFor(major)
	if err == nil {
		best, err = s.downloaded(ctx, b.folder(s.opt.CacheDir), major)
	}
	if err != nil {
		tried = append(tried, "downloaded: "+err.Error())
	}
	return best, tried
}

func lacking(least, major int, tried []string) error {
	wanted := fmt.Sprintf("version %d or newer", least)
	if major != 0 {
		wanted = fmt.Sprintf("version %d, which made the cluster", major)
	}
	return fmt.Errorf("no initdb and postgres of %s on this machine (%s)", wanted, strings.Join(tried, "; "))
}

// existing is the nearest folder above path that there is.
func existing(path string) string {
	for {
		if _, err := os.Stat(path); !errors.Is(err, fs.ErrNotExist) || filepath.Dir(path) == path {
			return path
		}
		path = filepath.Dir(path)
	}
}

func ownerOf(path string) string {
	fi, err := os.Stat(path)
	if err != nil {
		return ""
	}
	id := strconv.Itoa(int(fi.Sys().(*syscall.Stat_t).Uid))
	if u, err := user.LookupId(id); err == nil {
		return u.Username
	}
	return "number " + id
}
