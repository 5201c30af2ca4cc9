package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"
)

// The link that is made and taken back. No seed links these two.
const (
	initiative = "microsoft-newsguard"
	principle  = "paris-call/8"
	whyLinked  = "Smoke test: a link for a minute"
	whyGone    = "Smoke test: taken back"
)

// link is as much of a link as is looked at.
type link struct {
	ID         int64  `json:"id"`
	Initiative string `json:"initiative"`
	Principle  string `json:"principle"`
	Version    int64  `json:"version"`
}

// client speaks to the service with a token.
type client struct {
	base, token string
	http        http.Client
}

// drive does what an editor's script would do.
func drive(ctx context.Context, base, token string) error {
	c := &client{base: base, token: token, http: http.Client{Timeout: 20 * time.Second}}
	if _, err := c.ask(ctx, "GET", "/readyz", nil, "", http.StatusOK); err != nil {
		return err
	}
	made, err := c.makeLink(ctx)
	if err != nil {
		return err
	}
	path := fmt.Sprintf("/api/v1/links/%d", made.ID)
	etag := fmt.Sprintf("%q", fmt.Sprint(made.Version))
	body, err := c.ask(ctx, "GET", path, nil, "", http.StatusOK)
	if err != nil {
		return err
	}
	var read link
	if err := json.Unmarshal(body, &read); err != nil || read != made {
		return fmt.Errorf("reading the link back: got %+v (%v), want %+v", read, err, made)
	}
	if _, err := c.ask(ctx, "DELETE", path+"?reason="+strings.ReplaceAll(whyGone, " ", "+"), nil, etag, http.StatusNoContent); err != nil {
		return err
	}
	if _, err := c.ask(ctx, "GET", path, nil, "", http.StatusGone); err != nil {
		return err
	}
	return c.lookIntoHistory(ctx)
}

func (c *client) makeLink(ctx context.Context) (link, error) {
	wish, err := json.Marshal(map[string]string{
		"initiative": initiative, "principle": principle, "relation": "supports", "origin": "curator",
		"rationale": "Nothing but a test.", "reason": whyLinked,
	})
	if err != nil {
		return link{}, err
	}
	body, err := c.ask(ctx, "POST", "/api/v1/links", wish, "", http.StatusCreated)
	if err != nil {
		return link{}, err
	}
	var made link
	if err := json.Unmarshal(body, &made); err != nil {
		return link{}, fmt.Errorf("reading the new link: %w", err)
	}
	if made.ID == 0 || made.Initiative != initiative || made.Principle != principle {
		return link{}, fmt.Errorf("the new link is %+v", made)
	}
	return made, nil
}

// lookIntoHistory expects both changes, with their reasons.
func (c *client) lookIntoHistory(ctx context.Context) error {
	body, err := c.ask(ctx, "GET", "/initiatives/"+initiative+"/history.json", nil, "", http.StatusOK)
	if err != nil {
		return err
	}
	for _, why := range []string{whyLinked, whyGone} {
		if !strings.Contains(string(body), why) {
			return fmt.Errorf("the history does not hold %q: %.500s", why, body)
		}
	}
	return nil
}

// ask makes a request and expects a status. etag, when it is not empty, says
// which version is meant.
func (c *client) ask(ctx context.Context, method, path string, body []byte, etag string, status int) ([]byte, error) {
	r, err := http.NewRequestWithContext(ctx, method, c.base+path, bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	r.Header.Set("Authorization", "Bearer "+c.token)
	if body != nil {
		r.Header.Set("Content-Type", "application/json")
	}
	if etag != "" {
		r.Header.Set("If-Match", etag)
	}
	res, err := c.http.Do(r)
	if err != nil {
		return nil, err
	}
	defer res.Body.Close()
	answer, err := io.ReadAll(res.Body)
	if err != nil {
		return nil, fmt.Errorf("reading the answer to %s %s: %w", method, path, err)
	}
	if res.StatusCode != status {
		return nil, fmt.Errorf("%s %s answers %s, want %d: %.500s", method, path, res.Status, status, answer)
	}
	fmt.Println("smoke:", method, path, res.StatusCode)
	return answer, nil
}
