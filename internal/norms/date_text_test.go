package norms_test

import (
	"encoding/json"
	"strings"
	"testing"

	"normmap/internal/norms"
)

func TestDatesAsPeopleWriteThem(t *testing.T) {
	t.Parallel()
	tests := []struct {
		text string
		want norms.Date
	}{
		{"", ""}, {"  ", ""}, {"2018", "2018"}, {"2018-11", "2018-11"}, {"2018-11-12", "2018-11-12"}, {" 2018 ", "2018"},
		{"November 2018", "2018-11"}, {"november  2018", "2018-11"}, {"Nov 2018", "2018-11"}, {"Nov. 2018", "2018-11"},
		{"Sept 2018", "2018-09"}, {"2018 November", "2018-11"}, {"November of 2018", "2018-11"},
		{"12 November 2018", "2018-11-12"}, {"12th November 2018", "2018-11-12"}, {"the 1st of May 2018", "2018-05-01"},
		{"November 12, 2018", "2018-11-12"}, {"12-Nov-2018", "2018-11-12"}, {"2 Mar 2018", "2018-03-02"},
		{"2018/11/12", "2018-11-12"}, {"2018.1.2", "2018-01-02"}, {"2018-1-2", "2018-01-02"}, {"2018/11", "2018-11"}, {"11/2018", "2018-11"},
		{"25/12/2018", "2018-12-25"}, {"12/25/2018", "2018-12-25"}, {"5.5.2018", "2018-05-05"}, {"29 February 2020", "2020-02-29"},
	}
	for _, tt := range tests {
		got, err := norms.ParseDate(tt.text)
		if err != nil || got != tt.want {
			t.Errorf("ParseDate(%q) = %q, %v; want %q", tt.text, got, err, tt.want)
		}
	}
}

func TestTextsThatAreNoDateSayWhatToWrite(t *testing.T) {
	t.Parallel()
	tests := []struct{ text, want string }{
		{"12/11/2018", "could be 12 November 2018 or 11 December 2018: write 2018-11-12 or 2018-12-11"},
		{"1.2.2018", "could be 1 February 2018 or 2 January 2018: write 2018-02-01 or 2018-01-02"},
		{"30 February 2019", "is in no calendar"}, {"31/31/2018", "is in no calendar"}, {"13/2018", "is in no calendar"}, {"2018-13", "is in no calendar"}, {"2018-02-30", "is in no calendar"},
		{"12/11/18", "write a year, a month or a day"}, {"soon", "write a year"}, {"about 2018", "write a year"}, {"spring 2018", "write a year"},
		{"2018-2019", "write a year"}, {"November", "write a year"}, {"12 2018", "write a year"}, {"No 2018", "write a year"}, {"mayhem 2018", "write a year"},
		{"May June 2018", "write a year"}, {"12 13 May 2018", "write a year"}, {"٢٠١٨", "write a year"}, {strings.Repeat("2018 ", 20), "write a year"},
	}
	for _, tt := range tests {
		got, err := norms.ParseDate(tt.text)
		if err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("ParseDate(%q) = %q, %v; want the error %q", tt.text, got, err, tt.want)
		}
	}
}

func TestPromisesAsPeopleWriteThem(t *testing.T) {
	t.Parallel()
	tests := []struct {
		text    string
		promise bool
		want    norms.Promised
		wrong   string
	}{
		{"planned for 2027", true, norms.Promised{Due: "2027", Planned: true}, ""},
		{"Planned for November 2027", true, norms.Promised{Due: "2027-11", Planned: true}, ""},
		{"expected in 2027", true, norms.Promised{Due: "2027", Planned: true}, ""},
		{"by the end of 2027", true, norms.Promised{Due: "2027"}, ""}, {"due by 12 May 2027", true, norms.Promised{Due: "2027-05-12"}, ""},
		{"2027", false, norms.Promised{}, ""}, {"", false, norms.Promised{}, ""}, {"bypass 2027", false, norms.Promised{}, ""},
		{"planned for 12/11/2027", true, norms.Promised{Planned: true}, "could be"}, {"by and by", true, norms.Promised{}, "write a year"},
	}
	for _, tt := range tests {
		got, ok, err := norms.ParsePromise(tt.text)
		if ok != tt.promise || got != tt.want || (err == nil) != (tt.wrong == "") || err != nil && !strings.Contains(err.Error(), tt.wrong) {
			t.Errorf("ParsePromise(%q) = %+v, %v, %v", tt.text, got, ok, err)
		}
	}
}

func TestEditsTakeDatesAsPeopleWriteThem(t *testing.T) {
	t.Parallel()
	tests := []struct {
		json    string
		want    norms.Date
		problem string
	}{
		{`"Nov 2018"`, "2018-11", ""}, {`"2018-11"`, "2018-11", ""}, {`""`, "", ""},
		{`"12/11/2018"`, "12/11/2018", "could be 12 November 2018 or 11 December 2018"}, {`"soon"`, "soon", "write a year"},
	}
	for _, tt := range tests {
		e := norms.PutEdition{Agreement: "a", Slug: "b", Title: "B", Noun: "norm"}
		if err := json.Unmarshal([]byte(`{"published_on":`+tt.json+`}`), &e); err != nil {
			t.Fatal(err)
		}
		err := e.Check()
		if e.PublishedOn != tt.want || (err == nil) != (tt.problem == "") || err != nil && !strings.Contains(err.Error(), tt.problem) {
			t.Errorf("%s is read as %q, %v", tt.json, e.PublishedOn, err)
		}
	}
	if err := json.Unmarshal([]byte(`{"published_on":2018}`), new(norms.PutEdition)); err == nil {
		t.Error("a number passes for a date")
	}
	if err := (norms.PutEdition{Agreement: "a", Slug: "b", Title: "B", Noun: "norm", PublishedOn: "Nov 2018"}).Check(); err == nil || !strings.Contains(err.Error(), "write it as 2018-11") {
		t.Errorf("a date in another form is answered with %v", err)
	}
}

func FuzzParseDate(f *testing.F) {
	for _, s := range []string{"2018", "12/11/2018", "12 November 2018", "by the end of 2027", "0000", "0001", "31/12/9999", "II 2018", "1st May 0004"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		d, err := norms.ParseDate(text)
		if err != nil {
			if d != "" || err.Error() == "" {
				t.Errorf("%q is refused with %q and read as %q", text, err, d)
			}
			return
		}
		if !d.Valid() {
			t.Errorf("%q is read as %q, which is no date", text, d)
		}
		if again, err := norms.ParseDate(string(d)); err != nil || again != d {
			t.Errorf("%q is read as %q, and that as %q, %v", text, d, again, err)
		}
		if len(d) == len("2018-11-12") {
			if said, err := norms.ParseDate(d.First().Format("2 January 2006")); err != nil || said != d {
				t.Errorf("%q in words is read as %q, %v", d, said, err)
			}
		}
		if p, ok, err := norms.ParsePromise("planned for " + text); ok && err == nil && p.Due != d {
			t.Errorf("planned for %q is read as %+v, and by itself as %q", text, p, d)
		}
	})
}
