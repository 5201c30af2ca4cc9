package norms

// Stats are the figures of the whole record, as product words define them.
type Stats struct {
	Agreements    int   `json:"agreements"`
	Editions      int   `json:"editions"`
	Principles    int   `json:"principles"`
	Organizations int   `json:"organizations"`
	Initiatives   int   `json:"initiatives"`
	References    int   `json:"references"`
	Citations     int   `json:"citations"`
	Links         int   `json:"links"`
	Unresolved    int   `json:"unresolved"`
	Revision      int64 `json:"revision"`
}

// List is one page of a list: Total of all that match, Next the cursor of the
// following page or nil on the last.
type List[T any] struct {
	Items []T     `json:"items"`
	Total int     `json:"total"`
	Next  *string `json:"next"`
}

// Start is what the first page shows.
type Start struct {
	Stats      Stats          `json:"stats"`
	Agreements []AgreementRow `json:"agreements"`
	Recent     []ChangesetRow `json:"recent"`
}
