package seed

import (
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/goccy/go-yaml/ast"

	"normmap/internal/norms"
)

// decode puts a node into v, which is settable, and goes on after a problem so
// that one run finds them all.
func (d *document) decode(n ast.Node, v reflect.Value, path string) {
	switch {
	case v.Type() == reflect.TypeFor[labelList]():
		d.decodeLabels(n, v, path)
	case v.Kind() == reflect.Struct:
		d.decodeStruct(n, v, path)
	case v.Kind() == reflect.Slice:
		d.decodeList(n, v, path)
	case v.Kind() == reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		d.decode(n, v.Elem(), path)
	default:
		d.decodeScalar(n, v, path)
	}
}

func (d *document) decodeStruct(n ast.Node, v reflect.Value, path string) {
	known := fieldsOf(v.Type())
	for _, kv := range d.mapping(n, path) {
		name := kv.Key.GetToken().Value
		field := join(path, name)
		d.at[field] = nodePosition(kv.Key)
		index, ok := known[name]
		if !ok {
			d.report(field, "there is no such field here; FORMAT.md lists %s", strings.Join(names(known), ", "))
			continue
		}
		d.decode(kv.Value, v.FieldByIndex(index), field)
	}
}

func (d *document) decodeList(n ast.Node, v reflect.Value, path string) {
	list, ok := n.(*ast.SequenceNode)
	if !ok {
		d.report(path, "must be a list")
		return
	}
	v.Set(reflect.MakeSlice(v.Type(), len(list.Values), len(list.Values)))
	for i, item := range list.Values {
		field := fmt.Sprintf("%s[%d]", path, i)
		d.at[field] = nodePosition(item)
		if m, ok := item.(*ast.MappingNode); ok && len(m.Values) > 0 {
			d.at[field] = nodePosition(m.Values[0].Key)
		}
		d.decode(item, v.Index(i), field)
	}
}

// decodeLabels reads a numbering's labels: a mapping in the order of the file.
func (d *document) decodeLabels(n ast.Node, v reflect.Value, path string) {
	var labels labelList
	for i, kv := range d.mapping(n, path) {
		at := nodePosition(kv.Key)
		field := fmt.Sprintf("%s[%d]", path, i)
		d.at[field] = at
		var l label
		d.decodeScalar(kv.Key, reflect.ValueOf(&l.label).Elem(), field+".label")
		d.decodeScalar(kv.Value, reflect.ValueOf(&l.principle).Elem(), field+".principle")
		if _, err := norms.ParseRef("any@" + l.principle); err != nil {
			d.report(field+".principle", "%q names no principle; write edition/label, for example 2018/5", l.principle)
		}
		labels = append(labels, l)
	}
	v.Set(reflect.ValueOf(labels))
}

func (d *document) mapping(n ast.Node, path string) []*ast.MappingValueNode {
	switch n := n.(type) {
	case *ast.MappingNode:
		return n.Values
	case *ast.MappingValueNode:
		return []*ast.MappingValueNode{n}
	}
	d.add(d.position(path), path, "must hold fields, each as name: value")
	return nil
}

func (d *document) decodeScalar(n ast.Node, v reflect.Value, path string) {
	switch v.Kind() {
	case reflect.String:
		d.decodeText(n, v, path)
	case reflect.Bool:
		if b, ok := n.(*ast.BoolNode); ok {
			v.SetBool(b.Value)
			return
		}
		d.report(path, "must be true or false")
	default: // the schema has no other kind than int
		i, err := strconv.Atoi(n.GetToken().Value)
		if _, ok := n.(*ast.IntegerNode); !ok || err != nil {
			d.report(path, "must be a whole number")
			return
		}
		v.SetInt(int64(i))
	}
}

func (d *document) decodeText(n ast.Node, v reflect.Value, path string) {
	switch n := n.(type) {
	case *ast.StringNode:
		v.SetString(n.Value)
	case *ast.LiteralNode:
		v.SetString(strings.TrimSpace(n.Value.Value))
	case *ast.NullNode:
		d.report(path, "is empty; write a value or leave the field out")
	case *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode:
		d.report(path, "is a text; write it in quotes: %q", n.GetToken().Value)
	default:
		d.report(path, "must be a text")
	}
}

// fieldsOf maps the names of a struct's fields to where they are. An embedded
// edit gives its fields too, but for those its tag without names: these the
// file says elsewhere or the loader fills in.
func fieldsOf(t reflect.Type) map[string][]int {
	all := map[string][]int{}
	for f := range t.Fields() {
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		switch {
		case f.Anonymous:
			without := strings.Split(f.Tag.Get("without"), ",")
			for inner, index := range fieldsOf(f.Type) {
				if _, shadowed := all[inner]; !shadowed && !slices.Contains(without, inner) {
					all[inner] = slices.Concat(f.Index, index)
				}
			}
		case f.IsExported() && name != "-":
			all[name] = f.Index
		}
	}
	return all
}

func names(fields map[string][]int) []string {
	var list []string
	for name := range fields {
		list = append(list, name)
	}
	slices.Sort(list)
	return list
}
