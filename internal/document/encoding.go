package document

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

var lineEnds = strings.NewReplacer("\r\n", "\n", "\r", "\n")

// decode reads a text file: UTF-8, UTF-16 with its mark, or Windows-1252, which
// Latin-1 is part of. The second value names the encoding if it is not UTF-8.
func decode(data []byte) (text, encoding string, err error) {
	switch {
	case bytes.HasPrefix(data, []byte("\xff\xfe")), bytes.HasPrefix(data, []byte("\xfe\xff")):
		return utf16(data)
	case bytes.IndexByte(data, 0) >= 0:
		return "", "", refuse(BadEncoding, "the file holds bytes that no text has (a zero at byte %d): it is no text file, or UTF-16 without its mark; save it as UTF-8", bytes.IndexByte(data, 0))
	case utf8.Valid(data):
		return lineEnds.Replace(strings.TrimPrefix(string(data), "\ufeff")), "", nil
	}
	return windows1252(data)
}

func utf16(data []byte) (string, string, error) {
	out, err := unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM).NewDecoder().Bytes(data)
	if err != nil || len(data)%2 != 0 || bytes.ContainsRune(out, utf8.RuneError) || bytes.IndexByte(out, 0) >= 0 {
		return "", "", refuse(BadEncoding, "the file begins as UTF-16 but is broken further on: save it as UTF-8")
	}
	return lineEnds.Replace(string(out)), "utf-16", nil
}

// windows1252 reads a file that is not UTF-8, unless part of it is: then it was
// put together out of two encodings, and any reading would garble one.
func windows1252(data []byte) (string, string, error) {
	at := -1
	mixed := false
	for i := 0; i < len(data); {
		r, size := utf8.DecodeRune(data[i:])
		if r == utf8.RuneError && size == 1 && at < 0 {
			at = i
		}
		mixed = mixed || size > 1
		i += size
	}
	line := 1 + bytes.Count(data[:max(at, 0)], []byte("\n"))
	if mixed {
		return "", "", refuse(BadEncoding, "line %d is not UTF-8 though other lines are: two encodings are mixed; save the file as UTF-8", line)
	}
	if i := bytes.IndexAny(data, "\x00\x01\x02\x03\x04\x05\x06\x07\x08\x0e\x0f"); i >= 0 {
		return "", "", refuse(BadEncoding, "the file holds bytes that no text has (byte %d): it is no text file", i)
	}
	out, err := charmap.Windows1252.NewDecoder().Bytes(data)
	if err != nil || bytes.ContainsRune(out, utf8.RuneError) {
		return "", "", refuse(BadEncoding, "line %d is neither UTF-8 nor Windows-1252: save the file as UTF-8", line)
	}
	return lineEnds.Replace(string(out)), "windows-1252", nil
}
