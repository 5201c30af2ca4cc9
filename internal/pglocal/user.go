package pglocal

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/user"
	"path/filepath"
	"strconv"
	"syscall"
)

// systemUser is whom the server runs as when we are root, which PostgreSQL
// refuses to be. nil means: as we are.
type systemUser struct {
	uid, gid uint32
	name     string
}

// serverUser chooses who runs the server on data. A cluster keeps its owner:
// else a postgres user installed later would find it closed.
func serverUser(data string) (*systemUser, error) {
	fi, err := os.Stat(data)
	if errors.Is(err, fs.ErrNotExist) {
		return newClusterUser()
	}
	if err != nil {
		return nil, fmt.Errorf("looking at the cluster: %w", err)
	}
	owner := fi.Sys().(*syscall.Stat_t).Uid
	if os.Geteuid() != 0 {
		if int(owner) != os.Geteuid() {
			return nil, fmt.Errorf("%s belongs to another user (number %d): run as that user or as root, or choose another data directory", data, owner)
		}
		return nil, nil
	}
	u, err := user.LookupId(strconv.Itoa(int(owner)))
	if err != nil || owner == 0 {
		return nil, fmt.Errorf("%s belongs to user number %d, as whom PostgreSQL cannot run: give it to the user postgres or nobody", data, owner)
	}
	return parseUser(u)
}

func newClusterUser() (*systemUser, error) {
	if os.Geteuid() != 0 {
		return nil, nil
	}
	for _, name := range []string{"postgres", "nobody"} {
		if u, err := user.Lookup(name); err == nil {
			return parseUser(u)
		}
	}
	return nil, errors.New("PostgreSQL does not run as root, and this machine has no user postgres or nobody to run it as: run as an ordinary user, or set DATABASE_URL")
}

func parseUser(u *user.User) (*systemUser, error) {
	uid, err := strconv.ParseUint(u.Uid, 10, 32)
	if err != nil {
		return nil, fmt.Errorf("reading the number of user %s: %w", u.Username, err)
	}
	gid, err := strconv.ParseUint(u.Gid, 10, 32)
	if err != nil {
		return nil, fmt.Errorf("reading the group of user %s: %w", u.Username, err)
	}
	return &systemUser{uid: uint32(uid), gid: uint32(gid), name: u.Username}, nil
}

// own gives path to the user.
func (u *systemUser) own(path string) error {
	if u == nil {
		return nil
	}
	return os.Lchown(path, int(u.uid), int(u.gid))
}

// canEnter says whether the user can walk down to dir and into it.
func (u *systemUser) canEnter(dir string) error {
	if u == nil {
		return nil
	}
	for {
		fi, err := os.Stat(dir)
		if err != nil {
			return err
		}
		if fi.Mode().Perm()&u.walkBit(fi) == 0 {
			return fmt.Errorf("the user %q, who runs the server, cannot enter %s (mode %04o)", u.name, dir, fi.Mode().Perm())
		}
		up := filepath.Dir(dir)
		if up == dir {
			return nil
		}
		dir = up
	}
}

// walkBit is the permission that decides whether the user may enter.
func (u *systemUser) walkBit(fi fs.FileInfo) fs.FileMode {
	st := fi.Sys().(*syscall.Stat_t)
	switch {
	case st.Uid == u.uid:
		return 0o100
	case st.Gid == u.gid:
		return 0o010
	}
	return 0o001
}
