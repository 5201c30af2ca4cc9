package norms

// Choice is a recorded thing that a field of a form may name. Kind is
// organization, agreement, source, initiative,
// edition or element.
type Choice struct {
	Kind  string `json:"kind"`
	Slug  string `json:"slug"`
	Title string `json:"title"`
}
