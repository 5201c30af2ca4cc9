package web

import (
	"bytes"
	"strings"
)

// smallStyle is a style sheet without comments, and without the space that only
// people need. What stands in quotes is left as it is.
func smallStyle(sheet []byte) []byte {
	out := make([]byte, 0, len(sheet))
	for len(sheet) > 0 {
		switch c := sheet[0]; {
		case c == '"' || c == '\'':
			n := 2 + bytes.IndexByte(sheet[1:], c)
			out, sheet = append(out, sheet[:n]...), sheet[n:]
		case bytes.HasPrefix(sheet, []byte("/*")):
			_, sheet, _ = bytes.Cut(sheet, []byte("*/"))
		case strings.IndexByte(" \t\r\n", c) >= 0:
			out, sheet = spaced(out, sheet[1:])
		case c == '}' && bytes.HasSuffix(out, []byte(";")):
			out[len(out)-1] = c
			sheet = sheet[1:]
		default:
			out, sheet = append(out, c), sheet[1:]
		}
	}
	return out
}

// spaced adds a space unless there is one, or one of its neighbours needs none. A
// colon that follows a space may begin a selector, which needs it.
func spaced(out, rest []byte) (_, _ []byte) {
	if len(out) == 0 || strings.IndexByte(" {};:,>", out[len(out)-1]) >= 0 {
		return out, rest
	}
	if len(rest) > 0 && strings.IndexByte("{};,> \t\r\n", rest[0]) >= 0 {
		return out, rest
	}
	return append(out, ' '), rest
}
