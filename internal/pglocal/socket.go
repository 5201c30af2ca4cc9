package pglocal

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

const (
	socketName = ".s.PGSQL.5432"
	// longestSocket is what every system takes as the path of a socket:
	// sockaddr_un has 104 bytes on macOS, 108 on Linux, one of them the end.
	longestSocket = 103
	shortRoot     = "/tmp" // not os.TempDir, which is long on macOS
	shortPrefix   = defaultName + "-socket-"
)

// makeSocketDir makes an empty folder for the socket, which only the server's
// user can enter. What an earlier server left there goes: a socket lock that
// names a living process (in a container, a zombie nobody waits for) would
// keep the server from starting. We hold the lock, so nobody uses it.
func (s *Server) makeSocketDir() (err error) {
	s.sock = filepath.Join(s.opt.Dir, "run")
	if err := os.RemoveAll(s.sock); err != nil {
		return fmt.Errorf("clearing the socket's folder: %w", err)
	}
	if len(filepath.Join(s.sock, socketName)) <= longestSocket {
		err = os.Mkdir(s.sock, 0o700)
	} else {
		s.sock, err = os.MkdirTemp(shortRoot, shortPrefix)
		s.ownSock = err == nil
	}
	if err != nil {
		return fmt.Errorf("making a folder for the socket: %w", err)
	}
	return s.user.own(s.sock)
}

// removeSocketDir removes a socket folder made outside the data directory. The
// path may come from a file that the server's user can write, so nothing is
// removed but what we would have put there.
func removeSocketDir(dir string) {
	if filepath.Dir(dir) != shortRoot || !strings.HasPrefix(filepath.Base(dir), shortPrefix) {
		return
	}
	_ = os.Remove(filepath.Join(dir, socketName))
	_ = os.Remove(filepath.Join(dir, socketName+".lock"))
	_ = os.Remove(dir)
}
