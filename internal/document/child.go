package document

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"strings"
)

// Reader reads files of strangers: plain text at once, everything else in a
// child process that may not use more than the limits.
type Reader struct {
	// Command returns the command that runs [Child], with the context that
	// ends it. Its pipes are set by the reader.
	Command func(context.Context) *exec.Cmd
	Limits  Limits
	Tools   Tools
}

// order is what the child is told before it gets the file.
type order struct {
	Name   string `json:"name"`
	Limits Limits `json:"limits"`
	Tools  Tools  `json:"tools"`
}

// answer is what the child says.
type answer struct {
	Document *Document `json:"document,omitempty"`
	Refusal  *Refusal  `json:"refusal,omitempty"`
	Fault    string    `json:"fault,omitempty"`
}

// Read reads a file, or pasted text when the name is "". What is wrong with the
// file is a [Refusal]; any other error is ours.
func (r Reader) Read(ctx context.Context, name string, data []byte) (Document, error) {
	if len(data) <= r.Limits.File && len(data) > 0 {
		f, err := Detect(name, data)
		if err != nil {
			return Document{}, err
		}
		if f == Text || f == Markdown {
			return Extract(name, data, r.Limits, r.Tools)
		}
		return r.inChild(ctx, name, data)
	}
	return Extract(name, data, r.Limits, r.Tools)
}

func (r Reader) inChild(ctx context.Context, name string, data []byte) (Document, error) {
	first, err := json.Marshal(order{name, r.Limits, r.Tools})
	if err != nil {
		return Document{}, fmt.Errorf("telling a child process what to read: %w", err)
	}
	limited, cancel := context.WithTimeout(ctx, r.Limits.Time)
	defer cancel()
	c := r.Command(limited)
	c.Stdin = io.MultiReader(bytes.NewReader(append(first, '\n')), bytes.NewReader(data))
	out, complaint := &bounded{left: maxAnswer * r.Limits.Text}, &bounded{left: maxComplaint}
	c.Stdout, c.Stderr = out, complaint
	confine(c)
	err = c.Run()
	switch {
	case ctx.Err() != nil:
		return Document{}, fmt.Errorf("reading a document: %w", ctx.Err())
	case limited.Err() != nil:
		return Document{}, timedOut(r.Limits)
	case out.full:
		return Document{}, tooLong(r.Limits)
	case err != nil:
		return Document{}, ended(err, complaint.kept.String(), r.Limits)
	}
	return told(out.kept.Bytes())
}

// maxAnswer is how many bytes a child may answer for a byte of text.
const maxAnswer = 8

// maxComplaint is how much of what a dying child says is read.
const maxComplaint = 64 << 10

// told reads what the child answered.
func told(data []byte) (Document, error) {
	var a answer
	if err := json.Unmarshal(data, &a); err != nil {
		return Document{}, fmt.Errorf("a child process answered what cannot be read: %w", err)
	}
	switch {
	case a.Refusal != nil:
		return Document{}, a.Refusal
	case a.Document == nil:
		return Document{}, fmt.Errorf("reading a document in a child process: %s", a.Fault)
	}
	return *a.Document, nil
}

func timedOut(l Limits) error {
	return refuse(TimedOut, "reading the file took longer than %s: save it anew or as another kind of file, or paste its text", l.Time)
}

// ended says what became of a child that did not answer.
func ended(err error, complaint string, l Limits) error {
	exit, ok := errors.AsType[*exec.ExitError](err)
	if !ok {
		return fmt.Errorf("starting a child process to read a document: %w", err)
	}
	switch {
	case strings.Contains(complaint, "out of memory") || strings.Contains(complaint, "cannot allocate memory"):
		return refuse(OutOfMemory, "reading the file takes more memory than it may: save it as another kind of file, or paste its text")
	case outOfTime(exit):
		return timedOut(l)
	}
	return refuse(Crashed, "reading the file failed in a way that no file should cause (%s): save it as another kind of file, or paste its text", exit.ProcessState)
}

// Child is the other end: it limits this process, reads an order and a file
// from in and answers on out. A program runs it and ends.
func Child(in io.Reader, out io.Writer) error {
	first, rest, err := cutLine(in)
	if err != nil {
		return fmt.Errorf("reading what to read: %w", err)
	}
	var o order
	if err := json.Unmarshal(first, &o); err != nil {
		return fmt.Errorf("reading what to read: %w", err)
	}
	if err := limit(o.Limits); err != nil {
		return fmt.Errorf("limiting the process: %w", err)
	}
	data, err := io.ReadAll(io.LimitReader(rest, int64(o.Limits.File)+1))
	if err != nil {
		return fmt.Errorf("reading the file: %w", err)
	}
	var a answer
	d, err := Extract(o.Name, data, o.Limits, o.Tools)
	if refusal, ok := errors.AsType[*Refusal](err); ok {
		a.Refusal = refusal
	} else if err != nil {
		a.Fault = err.Error()
	} else {
		a.Document = &d
	}
	if err := json.NewEncoder(out).Encode(a); err != nil {
		return fmt.Errorf("answering: %w", err)
	}
	return nil
}

// cutLine reads the first line of in and returns what comes after it.
func cutLine(in io.Reader) ([]byte, io.Reader, error) {
	var first []byte
	one := make([]byte, 1)
	for len(first) < maxComplaint {
		if _, err := io.ReadFull(in, one); err != nil {
			return nil, nil, err
		}
		if one[0] == '\n' {
			return first, in, nil
		}
		first = append(first, one[0])
	}
	return nil, nil, errors.New("the first line is too long")
}
