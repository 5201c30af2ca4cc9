package site

import "testing"

func TestAccepted(t *testing.T) {
	t.Parallel()
	tests := []struct {
		header string
		want   format
	}{
		{"", asHTML},
		{"*/*", asHTML},
		{"text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", asHTML},
		{"application/json", asJSON},
		{"application/json, text/plain, */*", asJSON},
		{"text/csv", asCSV},
		{"text/csv;q=0.5, application/json;q=0.9", asJSON},
		{"text/*", asHTML},
		{"application/*", asJSON},
		{"text/html;q=0.1, */*;q=0.9", asJSON},
		{"application/pdf", asHTML},
		{"application/json;q=0", asHTML},
		{"application/json;q=nonsense", asHTML},
		{";;;,,\x01", asHTML},
	}
	for _, tt := range tests {
		if got := accepted(tt.header, asHTML, asJSON, asCSV); got != tt.want {
			t.Errorf("Accept %q gets %s, want %s", tt.header, got, tt.want)
		}
	}
}
