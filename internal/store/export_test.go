package store

// Dependences lists the dependences as table.column -> table.
func Dependences() []string {
	out := make([]string, len(dependences))
	for i, d := range dependences {
		out[i] = d.child + "." + d.column + " -> " + d.parent
	}
	return out
}
