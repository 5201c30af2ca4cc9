package api_test

import (
	"net/http"
	"testing"
)

func TestStatementsAndCrosswalk(t *testing.T) {
	t.Parallel()
	s := start(t)
	for address, want := range map[string]int{
		"/statements": 21, "/statements?stance=against": 1, "/statements?agreement=nis-directive&kind=tension": 2, "/statements?question=4&limit=2": 5,
		"/crosswalk": 19, "/crosswalk?agreement=paris-call&agreement=un-norms": 11, "/crosswalk?principle=gcsc/6": 2,
		"/crosswalk?agreement=tech-accord&relation=equal": 0, "/statements?as_of=1": 21,
	} {
		if got := s.get(t, address).wants(t, http.StatusOK).body["total"]; got != float64(want) {
			t.Errorf("%s: %v in all, want %d", address, got, want)
		}
	}
	first := s.get(t, "/cocitations?agreement=tech-accord&agreement=paris-call").wants(t, http.StatusOK).items()[0]
	if first["subject"] != "tech-accord/1" || first["object"] != "paris-call/1" || first["initiatives"] != float64(4) {
		t.Errorf("cited together most: %v", first)
	}
	turned := s.get(t, "/crosswalk?agreement=gcsc&agreement=paris-call").wants(t, http.StatusOK).items()[0]
	if turned["subject"] != "gcsc/1" || turned["object"] != "paris-call/2" || turned["turned"] != true {
		t.Errorf("read from the GCSC: %v", turned)
	}
	for _, bad := range []string{"/statements?stance=maybe", "/statements?question=7", "/crosswalk?relation=close", "/crosswalk?agreement=a&agreement=b&agreement=c"} {
		s.get(t, bad).wants(t, http.StatusUnprocessableEntity)
	}
}
