package seed

import (
	"errors"
	"fmt"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
)

type position struct{ line, column int }

// document is one file while it is read: where each field stands, and what is
// wrong with it.
type document struct {
	path     string
	at       map[string]position
	problems Problems
}

// parse reads the file's YAML and gives its top-level mapping, or nil when
// there is none; the document then holds the reason.
func (d *document) parse(data []byte) ast.Node {
	file, err := parser.ParseBytes(data, 0)
	if err != nil {
		d.syntaxProblem(err)
		return nil
	}
	if len(file.Docs) > 1 {
		d.add(nodePosition(file.Docs[1].Body), "", "a second document starts here; write one file for each")
		return nil
	}
	if len(file.Docs) == 0 || file.Docs[0].Body == nil {
		d.add(position{1, 1}, "", "the file is empty")
		return nil
	}
	return file.Docs[0].Body
}

func (d *document) syntaxProblem(err error) {
	var e yaml.Error
	if !errors.As(err, &e) || e.GetToken() == nil {
		d.add(position{1, 1}, "", fmt.Sprintf("is not YAML: %v", err))
		return
	}
	at := e.GetToken().Position
	d.add(position{at.Line, at.Column}, "", "is not YAML: "+e.GetMessage())
}

func (d *document) add(at position, field, message string) {
	d.problems = append(d.problems, Problem{d.path, at.line, at.column, field, message})
}

// report adds a problem with a field, at the place of that field or, when the
// field is missing, of the nearest thing around it.
func (d *document) report(field, format string, args ...any) {
	d.add(d.position(field), field, fmt.Sprintf(format, args...))
}

func (d *document) position(field string) position {
	for f := field; f != ""; f = parent(f) {
		if at, ok := d.at[f]; ok {
			return at
		}
	}
	return position{1, 1}
}

// parent is the path of what a field belongs to: a[1].b, then a[1], then a.
func parent(field string) string {
	if i := strings.LastIndexAny(field, ".["); i >= 0 {
		return field[:i]
	}
	return ""
}

// join appends a field to the path of what it belongs to.
func join(path, field string) string {
	if path == "" || field == "" {
		return path + field
	}
	return path + "." + field
}

func nodePosition(n ast.Node) position {
	if n == nil || n.GetToken() == nil || n.GetToken().Position == nil {
		return position{1, 1}
	}
	at := n.GetToken().Position
	return position{at.Line, at.Column}
}
