package seed

import (
	"fmt"
	"io/fs"
	"path"
	"reflect"
	"strings"

	"normmap/internal/norms"
)

// Load reads every seed file of fsys into edits, ordered so that each edit
// names only what an earlier one puts. If anything is wrong it returns no edit
// and an error of type [Problems] that lists every mistake.
func Load(fsys fs.FS) ([]norms.Edit, error) {
	items, problems, err := read(fsys)
	if err != nil {
		return nil, err
	}
	if len(problems) > 0 {
		return nil, problems
	}
	edits := make([]norms.Edit, len(items))
	for i, it := range items {
		edits[i] = it.edit
	}
	return edits, nil
}

// Lint lists everything that is wrong with the seed files of fsys; nothing
// when [Load] would accept them.
func Lint(fsys fs.FS) []Problem {
	_, problems, err := read(fsys)
	if err != nil {
		return []Problem{{File: ".", Line: 1, Column: 1, Message: err.Error()}}
	}
	return problems
}

// read reads and checks all files. Rules that look across files run only when
// every file could be read: a misread file would make others look wrong.
func read(fsys fs.FS) ([]item, Problems, error) {
	paths, err := fs.Glob(fsys, "*/*.yaml")
	if err != nil {
		return nil, nil, fmt.Errorf("listing seed files: %w", err)
	}
	if len(paths) == 0 {
		return nil, nil, fmt.Errorf("there is no seed file: FORMAT.md says where they belong")
	}
	var items []item
	var docs []*document
	for _, p := range paths {
		data, err := fs.ReadFile(fsys, p)
		if err != nil {
			return nil, nil, fmt.Errorf("reading seed file %s: %w", p, err)
		}
		d := &document{path: p, at: map[string]position{}}
		docs = append(docs, d)
		items = append(items, d.read(data)...)
	}
	if problems := gather(docs); len(problems) > 0 {
		return nil, problems, nil
	}
	items = fillDates(inOrder(items))
	lint(items)
	return items, gather(docs), nil
}

func gather(docs []*document) Problems {
	var all Problems
	for _, d := range docs {
		all = append(all, d.problems...)
	}
	return all.sorted()
}

// read decodes one file by the folder that it lies in.
func (d *document) read(data []byte) []item {
	switch path.Dir(d.path) {
	case "agreements":
		return readFile(d, data, func(f agreementFile) string { return f.Slug })
	case "organizations":
		return readFile(d, data, func(f organizationFile) string { return f.Slug })
	case "sources":
		return readFile(d, data, func(f sourceFile) string { return f.Slug })
	case "elements":
		return readFile(d, data, func(f elementFile) string { return f.Slug })
	case "initiatives":
		return readFile(d, data, func(f initiativesFile) string { return f.Source })
	case "statements":
		return readFile(d, data, func(f statementsFile) string { return f.Source })
	case "crosswalk":
		return readFile(d, data, crosswalkFile.by)
	}
	d.add(position{1, 1}, "", "lies in a folder that is none of agreements, crosswalk, elements, initiatives, organizations, sources, statements")
	return nil
}

// readFile decodes a file of one kind and holds its name against the slug.
func readFile[F interface{ items(*document) []item }](d *document, data []byte, slug func(F) string) []item {
	root := d.parse(data)
	if root == nil {
		return nil
	}
	var f F
	d.decode(root, reflect.ValueOf(&f).Elem(), "")
	if s := slug(f); s != strings.TrimSuffix(path.Base(d.path), ".yaml") {
		d.report(namedBy(path.Dir(d.path)), "is %q but the file is named %q; they must agree", s, path.Base(d.path))
	}
	return f.items(d)
}

// namedBy is the field that the names of a folder's files repeat.
func namedBy(folder string) string {
	switch folder {
	case "initiatives", "statements":
		return "source"
	case "crosswalk":
		return "asserter"
	}
	return "slug"
}

// fillDates gives a fact the day on which its source was read, where the file
// does not say another one.
func fillDates(items []item) []item {
	read := map[string]norms.Date{}
	for i, it := range items {
		switch e := it.edit.(type) {
		case norms.PutSource:
			read[e.Slug] = e.RetrievedOn
		case norms.PutFact:
			if e.RetrievedOn == "" && e.Confidence == "seen" {
				e.RetrievedOn = read[e.Source]
			}
			items[i].edit = e
		}
	}
	return items
}
