package coding

import (
	"bytes"
	"fmt"
	"io"
	"sync"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/gzip"
)

// Effort is how hard to try to make a body small.
type Effort bool

// Quick is for what is sent until the record changes next: a fifth of the time
// and a twentieth more bytes than the usual effort of brotli. Once is for files
// that are part of the program.
const (
	Quick Effort = false
	Once  Effort = true
)

const (
	quickBrotli, onceBrotli = 1, 10
	quickGzip, onceGzip     = 5, 9
)

// writer is what both libraries compress with.
type writer interface {
	io.WriteCloser
	Reset(io.Writer)
}

// Writers hold a few hundred kilobytes each, so they are used again.
var (
	brotliWriters = sync.Pool{New: func() any { return brotli.NewWriterV2(nil, quickBrotli) }}
	gzipWriters   = sync.Pool{New: func() any { return gzipWriter(quickGzip) }}
	brotliReaders = sync.Pool{New: func() any { return brotli.NewReader(nil) }}
)

func gzipWriter(level int) writer {
	w, err := gzip.NewWriterLevel(nil, level)
	if err != nil {
		panic(err) // a level that there is not; a test uses both
	}
	return w
}

// Encode is body, which is not coded, in a coding.
func Encode(c Coding, body []byte, e Effort) []byte {
	switch {
	case c == Identity:
		return body
	case e == Once && c == Brotli:
		return encode(brotli.NewWriterLevel(nil, onceBrotli), body)
	case e == Once:
		return encode(gzipWriter(onceGzip), body)
	}
	writers := &gzipWriters
	if c == Brotli {
		writers = &brotliWriters
	}
	w := writers.Get().(writer)
	defer writers.Put(w)
	return encode(w, body)
}

func encode(w writer, body []byte) []byte {
	var out bytes.Buffer
	w.Reset(&out)
	if _, err := w.Write(body); err != nil {
		panic(err) // a buffer takes everything
	}
	if err := w.Close(); err != nil {
		panic(err)
	}
	return bytes.Clone(out.Bytes()) // without room to grow
}

// Decode is what Encode has made coded of.
func Decode(c Coding, coded []byte) ([]byte, error) {
	var plain bytes.Buffer
	var err error
	switch c {
	case Brotli:
		r := brotliReaders.Get().(*brotli.Reader)
		defer brotliReaders.Put(r)
		if err = r.Reset(bytes.NewReader(coded)); err == nil {
			_, err = plain.ReadFrom(r)
		}
	case Gzip:
		var r *gzip.Reader
		if r, err = gzip.NewReader(bytes.NewReader(coded)); err == nil {
			_, err = plain.ReadFrom(r)
		}
	default:
		return coded, nil
	}
	if err != nil {
		return nil, fmt.Errorf("decoding %s: %w", c.Name(), err)
	}
	return plain.Bytes(), nil
}
