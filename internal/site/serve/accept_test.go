package serve

import "testing"

func TestAccepted(t *testing.T) {
	t.Parallel()
	tests := []struct {
		header string
		want   Format
	}{
		{"", AsHTML},
		{"*/*", AsHTML},
		{"text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", AsHTML},
		{"application/json", AsJSON},
		{"application/json, text/plain, */*", AsJSON},
		{"text/csv", AsCSV},
		{"text/csv;q=0.5, application/json;q=0.9", AsJSON},
		{"text/*", AsHTML},
		{"application/*", AsJSON},
		{"text/html;q=0.1, */*;q=0.9", AsJSON},
		{"application/pdf", AsHTML},
		{"application/json;q=0", AsHTML},
		{"application/json;q=nonsense", AsHTML},
		{";;;,,\x01", AsHTML},
	}
	for _, tt := range tests {
		if got := accepted(tt.header, AsHTML, AsJSON, AsCSV); got != tt.want {
			t.Errorf("Accept %q gets %s, want %s", tt.header, got, tt.want)
		}
	}
}
