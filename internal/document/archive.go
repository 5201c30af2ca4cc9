package document

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
)

// archive is an opened document that is an archive of parts.
type archive struct {
	format Format
	parts  map[string]*zip.File
	left   int // bytes that may still be unpacked
}

// openArchive opens one, unless it says itself that it is too much. Its word is
// not taken for it: what is really unpacked is counted too.
func openArchive(f Format, data []byte, l Limits) (*archive, error) {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, damaged(f, err)
	}
	if len(z.File) > l.Entries {
		return nil, refuse(Bomb, "the file has %d parts inside; at most %d are read: save it anew, or paste its text", len(z.File), l.Entries)
	}
	a := &archive{format: f, parts: map[string]*zip.File{}, left: l.Unpacked}
	var total uint64
	for _, part := range z.File {
		total += part.UncompressedSize64
		if total < part.UncompressedSize64 || total > uint64(l.Unpacked) {
			return nil, a.bomb(l)
		}
		if a.parts[part.Name] != nil {
			return nil, damaged(f, errors.New("two parts have one name"))
		}
		a.parts[part.Name] = part
	}
	return a, nil
}

func (a *archive) bomb(l Limits) error {
	return refuse(Bomb, "the file unpacks to more than %s: leave the pictures out, or paste its text", size(l.Unpacked))
}

// read unpacks a part; a part that is not there is empty.
func (a *archive) read(name string, l Limits) ([]byte, error) {
	part := a.parts[name]
	if part == nil {
		return nil, nil
	}
	r, err := part.Open()
	if err != nil {
		return nil, damaged(a.format, err)
	}
	defer r.Close()
	data, err := io.ReadAll(io.LimitReader(r, int64(a.left)+1))
	if len(data) > a.left {
		return nil, a.bomb(l)
	}
	a.left -= len(data)
	if err != nil {
		return nil, damaged(a.format, err)
	}
	return data, nil
}

// tree unpacks a part and reads it as XML; a part that is not there has no
// children.
func (a *archive) tree(name string, l Limits) (*element, error) {
	data, err := a.read(name, l)
	if err != nil {
		return nil, err
	}
	root, err := parseXML(data)
	if err != nil {
		return nil, damaged(a.format, err)
	}
	return root, nil
}
