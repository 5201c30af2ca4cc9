package href

// Login is the sign-in page.
func Login() string { return "/login" }

// LoginNext is the sign-in page that leads on to next afterwards.
func LoginNext(next string) string { return With(Login(), "next", next) }

// Logout ends the session; it takes POST only.
func Logout() string { return "/logout" }

// Setup is a one-time link by which an account gets its password.
func Setup(secret string) string { return "/setup" + part(secret) }

// Account is the page of one's own account: password, sessions, tokens.
func Account() string { return "/account" }

// AdminAccounts lists all accounts.
func AdminAccounts() string { return "/admin/accounts" }

// AdminAccount is one account's page for administrators.
func AdminAccount(id int64) string { return AdminAccounts() + "/" + number(id) }
