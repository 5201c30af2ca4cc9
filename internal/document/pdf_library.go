package document

import (
	"bytes"
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/ledongthuc/pdf"
)

// libraryLines reads a PDF without any program of the machine. The library
// panics on some files that are broken.
func libraryLines(data []byte, l Limits) (lines []pdfLine, err error) {
	defer func() {
		if fault := recover(); fault != nil {
			lines, err = nil, damaged(PDF, fmt.Errorf("%v", fault))
		}
	}()
	r, err := pdf.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		if strings.Contains(err.Error(), "password") || strings.Contains(err.Error(), "encrypt") || bytes.Contains(data, []byte("/Encrypt")) {
			return nil, refuse(Encrypted, "the PDF is protected by a password: save it without one and send that")
		}
		return nil, damaged(PDF, err)
	}
	if r.NumPage() > l.Pages {
		return nil, refuse(TooMany, "the PDF has %d pages; at most %d are read: send the part that matters", r.NumPage(), l.Pages)
	}
	for n := 1; n <= r.NumPage(); n++ {
		page := r.Page(n)
		if page.V.IsNull() {
			continue
		}
		wide, height := paper(page)
		lines = append(lines, glyphLines(page.Content().Text, n, wide, height)...)
		lines = append(lines, pdfLine{page: n, wide: wide, height: height})
	}
	return lines, nil
}

// maxParents is how far up the tree of pages the size of one may be said.
const maxParents = 20

// paper returns the width and height of a page, that of A4 when it says none.
func paper(p pdf.Page) (wide, height float64) {
	v := p.V
	for range maxParents {
		if box := v.Key("MediaBox"); box.Len() == 4 {
			return box.Index(2).Float64(), box.Index(3).Float64()
		}
		v = v.Key("Parent")
	}
	return 595, 842
}

// glyphLines puts letters together that stand on one line.
func glyphLines(glyphs []pdf.Text, page int, wide, height float64) []pdfLine {
	slices.SortStableFunc(glyphs, func(a, b pdf.Text) int {
		if abs(b.Y-a.Y) > sameLine*a.FontSize {
			return cmp.Compare(b.Y, a.Y)
		}
		return cmp.Compare(a.X, b.X)
	})
	var lines []pdfLine
	var b strings.Builder
	end, at := 0.0, math.Inf(-1)
	for i, g := range glyphs {
		if g.X == at && i > 0 && glyphs[i-1].Y == g.Y {
			g.X = end // widths are not known: the letters of a run share a place
		} else {
			at = g.X
		}
		gap := g.X - end
		fresh := i == 0 || abs(glyphs[i-1].Y-g.Y) > sameLine*g.FontSize || gap > cellGap*g.FontSize
		if fresh {
			if n := len(lines); n > 0 {
				lines[n-1].text = b.String()
			}
			b.Reset()
			lines = append(lines, pdfLine{page: page, x: g.X, y: height - g.Y, size: g.FontSize, wide: wide, height: height})
		} else if gap > wordGap*g.FontSize {
			b.WriteByte(' ')
		}
		b.WriteString(g.S)
		end = g.X + glyphWidth(g)
		last := &lines[len(lines)-1]
		last.right, last.size = end, max(last.size, g.FontSize)
	}
	if n := len(lines); n > 0 {
		lines[n-1].text = b.String()
	}
	return lines
}

// glyphWidth is how wide a letter is; the library does not know it of some
// fonts, for which it is guessed by the kind of letter.
func glyphWidth(g pdf.Text) float64 {
	if g.W > 0 {
		return g.W
	}
	part := 0.48
	switch r, _ := utf8.DecodeRuneInString(g.S); {
	case strings.ContainsRune("WMmw—", r):
		part = 0.88
	case strings.ContainsRune("iljtfrI.,;:'|()[] -", r):
		part = 0.3
	case unicode.IsUpper(r):
		part = 0.68
	}
	return part * g.FontSize
}

// Letters whose feet differ by less than this part of their size stand on one
// line; a gap of more than wordGap parts words, of more than cellGap columns.
const (
	sameLine = 0.35
	wordGap  = 0.3
	cellGap  = 4
)

func abs(f float64) float64 { return max(f, -f) }
