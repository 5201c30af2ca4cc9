package site

// Names and limits that readers, browsers and programs notice.
const (
	urlEncoded  = "application/x-www-form-urlencoded"
	sessionName = "__Host-session"
	wroteName   = "__Host-wrote"
	keptForBack = "private, no-cache"

	bodyLimit       = 1 << 20 // bytes of what is sent
	signInLimit     = 20      // in a minute
	columnsShown    = 30      // of the coverage matrix at once
	principlesShown = 200     // of it at once
)
