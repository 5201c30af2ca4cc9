package pglocal

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// boot starts the server and waits until it takes connections.
func (s *Server) boot(ctx context.Context) error {
	path, err := rotateLog(s.opt.Dir)
	if err != nil {
		return err
	}
	log, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR|os.O_APPEND, 0o600)
	if err != nil {
		return fmt.Errorf("opening the server's log: %w", err)
	}
	defer log.Close()
	for {
		said, err := s.bootOnce(ctx, log)
		if err == nil {
			return nil
		}
		// Backends of a server that was killed need a moment to notice. The
		// text is the only sign the server gives, and it is in English here.
		if !strings.Contains(said, "shared memory block") || pause(ctx) != nil {
			return fmt.Errorf("the server did not start: %w; it said (in %s):\n%s", err, path, said)
		}
	}
}

// bootOnce returns what the server wrote to its log if it did not start.
func (s *Server) bootOnce(ctx context.Context, log *os.File) (said string, err error) {
	from, err := log.Seek(0, io.SeekEnd)
	if err != nil {
		return "", err
	}
	c := s.command(filepath.Join(s.bins.dir, "postgres"), s.arguments()...)
	c.Stdout, c.Stderr = log, log
	if s.proc, err = startProcess(c); err != nil {
		return "", err
	}
	if err = s.waitReady(ctx); err == nil {
		return "", nil
	}
	err = errors.Join(err, s.proc.end(true))
	b, _ := io.ReadAll(io.NewSectionReader(log, from, 1<<16))
	return string(b), err
}

// waitReady returns when the server has written that it is ready into its own
// process file; with that, the socket exists.
func (s *Server) waitReady(ctx context.Context) error {
	for {
		select {
		case <-s.proc.done:
			return fmt.Errorf("it ended before it was ready (%s)", s.proc.cmd.ProcessState)
		default:
		}
		p, err := readPIDFile(s.data)
		if err == nil && p.pid == s.Pid() && p.ready {
			return nil
		}
		if err := pause(ctx); err != nil {
			return err
		}
	}
}

// arguments are the server's, in a fixed order so that process lists compare.
func (s *Server) arguments() []string {
	set := map[string]string{
		"listen_addresses":        "",
		"unix_socket_directories": s.sock,
		"unix_socket_permissions": "0700",
		"port":                    "5432", // names the socket; nothing listens on it
		"logging_collector":       "off",
		"log_destination":         "stderr",
		"log_timezone":            "UTC",
		"timezone":                "UTC",
		"lc_messages":             "C",
		"cluster_name":            s.opt.Name,
		"max_wal_size":            "256MB",
	}
	if s.opt.Ephemeral {
		maps.Copy(set, map[string]string{
			"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off",
			"wal_level": "minimal", "max_wal_senders": "0",
			"autovacuum": "off", "max_connections": "200",
			// In the cluster's folder, so that nothing stays after a kill.
			"dynamic_shared_memory_type": "mmap",
		})
	}
	maps.Copy(set, s.opt.Settings)
	args := []string{"-D", s.data}
	for _, k := range slices.Sorted(maps.Keys(set)) {
		args = append(args, "-c", k+"="+set[k])
	}
	return args
}

// rotateLog keeps the log of the server from growing without end: one older
// file is kept.
func rotateLog(dir string) (path string, err error) {
	const most = 8 << 20
	path = filepath.Join(dir, "postgres.log")
	if fi, err := os.Stat(path); err != nil || fi.Size() < most {
		return path, nil
	}
	if err := os.Rename(path, path+".1"); err != nil {
		return "", fmt.Errorf("moving the server's old log: %w", err)
	}
	return path, nil
}
