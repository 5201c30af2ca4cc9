package document

import (
	"bytes"
	"context"
	"errors"
	"os/exec"
	"strconv"
	"strings"
)

// pdfLine is a line of a page with its place: x grows to the right, y down.
type pdfLine struct {
	page         int
	x, y         float64
	right        float64
	size         float64 // height of the letters
	text         string
	wide, height float64
	block        int      // which piece of the page it stands in
	first        float64  // how wide its first word is
	cells        []string // of a row of a table
}

// readPDF reads a PDF by Poppler where it is installed, else by a library.
func readPDF(d *Document, data []byte, l Limits, t Tools) error {
	var lines []pdfLine
	var err error
	if t.PDFToText != "" {
		lines, err = popplerLines(data, l, t)
	} else {
		lines, err = libraryLines(data, l)
	}
	if err != nil {
		return err
	}
	if n := len(lines); n > 0 {
		d.Pages = lines[n-1].page
	}
	if d.Pages > l.Pages {
		return refuse(TooMany, "the PDF has more than %d pages: send the part that matters", l.Pages)
	}
	d.Text, err = laidOut(lines, l)
	return err
}

// popplerLines asks pdftotext, which is stopped by the limits of this process.
func popplerLines(data []byte, l Limits, t Tools) ([]pdfLine, error) {
	ctx, cancel := context.WithTimeout(context.Background(), l.Time)
	defer cancel()
	c := exec.CommandContext(ctx, t.PDFToText, "-q", "-bbox-layout", "-enc", "UTF-8", "-l", strconv.Itoa(l.Pages+1), "-", "-")
	c.Stdin = bytes.NewReader(data)
	out := &bounded{left: maxLayout * l.Text}
	var complaint bytes.Buffer
	c.Stdout, c.Stderr = out, &complaint
	c.Env = []string{"LC_ALL=C.UTF-8"}
	err := c.Run()
	switch {
	case out.full:
		return nil, tooLong(l)
	case ctx.Err() != nil:
		return nil, timedOut(l)
	case err != nil:
		return nil, popplerRefusal(data, err, complaint.String())
	}
	return bboxLines(out.kept.Bytes())
}

// maxLayout is how many bytes pdftotext may tell of a byte of text.
const maxLayout = 40

// notAllowed is how pdftotext ends when the PDF forbids copying.
const notAllowed = 3

// popplerRefusal says why a PDF is refused, in pdftotext's words where it has
// some: how a program ended tells nobody anything.
func popplerRefusal(data []byte, err error, complaint string) error {
	exit, _ := errors.AsType[*exec.ExitError](err)
	if strings.Contains(complaint, "password") || exit != nil && exit.ExitCode() == notAllowed || bytes.Contains(data, []byte("/Encrypt")) {
		return refuse(Encrypted, "the PDF is protected by a password or forbids copying: save it without protection and send that")
	}
	if complaint == "" {
		complaint = "nothing in it can be made out: it is damaged, or was cut off on its way"
	}
	first, _, _ := strings.Cut(strings.TrimSpace(complaint), "\n")
	return damaged(PDF, errors.New(first))
}

// bboxLines reads what pdftotext tells of words and their places.
func bboxLines(data []byte) ([]pdfLine, error) {
	root, err := parseXML(bytes.ToValidUTF8(data, nil))
	if err != nil {
		return nil, damaged(PDF, err)
	}
	var lines []pdfLine
	page, block := 0, 0
	root.all("page", func(p *element) {
		page++
		width, height := number(p.attr("width")), number(p.attr("height"))
		p.all("block", func(b *element) {
			block++
			b.all("line", func(e *element) {
				line := wordLine(e)
				line.page, line.block, line.wide, line.height = page, block, width, height
				lines = append(lines, line)
			})
		})
		lines = append(lines, pdfLine{page: page, wide: width, height: height})
	})
	return lines, nil
}

// small is how high the mark of a footnote is at most, as a part of its line.
const small = 0.8

// wordLine reads a line word by word.
func wordLine(e *element) pdfLine {
	line := pdfLine{x: number(e.attr("xMin")), y: number(e.attr("yMin")), right: number(e.attr("xMax"))}
	type word struct {
		text string
		high float64
	}
	var words []word
	e.all("word", func(w *element) {
		high := number(w.attr("yMax")) - number(w.attr("yMin"))
		if len(words) == 0 {
			line.first = number(w.attr("xMax")) - number(w.attr("xMin"))
		}
		line.size = max(line.size, high)
		words = append(words, word{w.words(), high})
	})
	for i, w := range words {
		switch raised := w.high < small*line.size && noteMark.MatchString(w.text) && len(words) > 1; {
		case raised && i == 0:
			line.text = "[^" + w.text + "]:"
		case raised:
			line.text += "[^" + w.text + "]"
		case i == 0:
			line.text = w.text
		default:
			line.text += " " + w.text
		}
	}
	return line
}

func number(s string) float64 {
	f, _ := strconv.ParseFloat(s, 64)
	return f
}

// bounded keeps so many bytes and no more. The buffer is not embedded: its
// ReadFrom would go round the bound.
type bounded struct {
	kept bytes.Buffer
	left int
	full bool
}

// Write implements io.Writer.
func (b *bounded) Write(p []byte) (int, error) {
	if len(p) > b.left {
		b.full = true
		return 0, errors.New("too much output")
	}
	b.left -= len(p)
	return b.kept.Write(p)
}
