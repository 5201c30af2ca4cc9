package serve

import (
	"bytes"
	"net/http"

	"normmap/internal/norms"
)

// contentSecurity lets pages load from this host only, and nothing inline.
const contentSecurity = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; " +
	"connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

const permissions = "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), " +
	"microphone=(), midi=(), payment=(), usb=()"

// headers adds to every answer what browsers need to know to protect readers.
func (s *Server) headers(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.protect(w.Header())
		next.ServeHTTP(w, r)
	})
}

// Values of header fields that all answers share. They are never appended to.
var (
	contentSecurityValue = []string{contentSecurity}
	permissionsValue     = []string{permissions}
	noSniff              = []string{"nosniff"}
	referrer             = []string{"strict-origin-when-cross-origin"}
	ofThisOrigin         = []string{"same-origin"}
	onlySecure           = []string{"max-age=63072000; includeSubDomains"}
)

// protect writes them. The names are spelled as http.Header spells them.
func (s *Server) protect(h http.Header) {
	h["Content-Security-Policy"] = contentSecurityValue
	h["X-Content-Type-Options"] = noSniff
	h["Referrer-Policy"] = referrer
	h["Permissions-Policy"] = permissionsValue
	h["Cross-Origin-Opener-Policy"] = ofThisOrigin
	h["Cross-Origin-Resource-Policy"] = ofThisOrigin
	if s.secure { // over plain http browsers ignore it, and a laptop must not promise it
		h["Strict-Transport-Security"] = onlySecure
	}
}

// protection is what protect writes, as lines of an answer's header.
func (s *Server) protection() []byte {
	h := http.Header{}
	s.protect(h)
	var lines bytes.Buffer
	if err := h.Write(&lines); err != nil {
		panic(err) // a buffer takes everything
	}
	return lines.Bytes()
}

// sameOrigin refuses requests that another site's page makes in a reader's
// name. Reads pass: no GET changes anything.
func (s *Server) sameOrigin(next http.Handler) http.Handler {
	protection := http.NewCrossOriginProtection()
	protection.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.Fail(w, r, norms.Errorf(norms.Forbidden,
			"this request came from another site, so nothing was changed; open the page here and send the form again"))
	}))
	return protection.Handler(next)
}
