package pglocal

import (
	"archive/tar"
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
)

// packageDir is the folder that every npm package holds.
const packageDir = "package"

// room is how much may be unpacked.
type room struct {
	files int
	bytes int64
}

// ampleRoom is several times what the packages hold.
func ampleRoom() room { return room{files: 10_000, bytes: 1 << 29} }

// unpack writes the files of a package into dir, and nothing anywhere else,
// and makes the links that the package lists in a file, since npm's packages
// can hold none.
func unpack(dir string, r io.Reader, left room) error {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return err
	}
	defer root.Close()
	gz, err := gzip.NewReader(r)
	if err != nil {
		return err
	}
	for tr := tar.NewReader(gz); ; {
		h, err := tr.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return err
		}
		if left.files, left.bytes = left.files-1, left.bytes-h.Size; left.files < 0 || left.bytes < 0 {
			return errors.New("it is larger than it can be")
		}
		if err := unpackFile(root, h, tr); err != nil {
			return err
		}
	}
	if err := makeLinks(root); err != nil {
		return err
	}
	return openFolders(root)
}

// unpackFile writes one file. Like its folders it is for everybody to read,
// whatever the umask: as root, the server runs as another user. No process is
// started meanwhile: for a moment it would hold a program open for writing,
// which then could not be run ("text file busy").
func unpackFile(root *os.Root, h *tar.Header, r io.Reader) (err error) {
	if h.Typeflag != tar.TypeReg {
		return fmt.Errorf("%q is not a plain file", h.Name)
	}
	name, mode := filepath.FromSlash(h.Name), fs.FileMode(0o644)
	if h.Mode&0o100 != 0 {
		mode = 0o755
	}
	if err := root.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return err
	}
	syscall.ForkLock.RLock()
	defer syscall.ForkLock.RUnlock()
	f, err := root.OpenFile(name, os.O_CREATE|os.O_WRONLY|os.O_EXCL, mode)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	if _, err := io.Copy(f, r); err != nil {
		return err
	}
	return f.Chmod(mode)
}

// makeLinks makes the links of libraries to their versions, without which the
// programs do not start.
func makeLinks(root *os.Root) error {
	b, err := root.ReadFile(filepath.Join(packageDir, "native", "pg-symlinks.json"))
	if err != nil {
		return fmt.Errorf("reading its list of links: %w", err)
	}
	var links []struct{ Source, Target string }
	if err := json.Unmarshal(b, &links); err != nil {
		return fmt.Errorf("reading its list of links: %w", err)
	}
	for _, l := range links {
		source, target := filepath.FromSlash(l.Source), filepath.FromSlash(l.Target)
		if !filepath.IsLocal(source) || !filepath.IsLocal(target) {
			return fmt.Errorf("the link from %q to %q leaves the package", l.Target, l.Source)
		}
		rel, err := filepath.Rel(filepath.Dir(target), source)
		if err != nil {
			return err
		}
		if err := root.Symlink(rel, filepath.Join(packageDir, target)); err != nil {
			return err
		}
	}
	return nil
}

// openFolders lets everybody walk in.
func openFolders(root *os.Root) error {
	return fs.WalkDir(root.FS(), packageDir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || !d.IsDir() {
			return err
		}
		return root.Chmod(filepath.FromSlash(path), 0o755)
	})
}
