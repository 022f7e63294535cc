// The measure of a compiled client: every endpoint by the standard library of Go, verified, the list it sent printed.
package main

import (
	"bufio"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"fmt"
	"net"
	"os"
	"strings"
	"sync"
	"time"
)

const atOnce = 64

// client FILE ROOT: FILE has lines host:port server-name.
func main() {
	places, err := os.ReadFile(os.Args[1])
	if err != nil {
		panic(err)
	}
	root, err := os.ReadFile(os.Args[2])
	if err != nil {
		panic(err)
	}
	roots := x509.NewCertPool()
	roots.AppendCertsFromPEM(root)

	lines := make(chan string)
	lists := make(chan []*x509.Certificate)
	var clients sync.WaitGroup
	for i := 0; i < atOnce; i++ {
		clients.Add(1)
		go func() {
			defer clients.Done()
			for line := range lines {
				place, name, _ := strings.Cut(line, " ")
				lists <- look(place, &tls.Config{RootCAs: roots, ServerName: name})
			}
		}()
	}
	go func() {
		for _, line := range strings.Split(strings.TrimSpace(string(places)), "\n") {
			lines <- line
		}
		close(lines)
		clients.Wait()
		close(lists)
	}()

	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	for list := range lists {
		for _, certificate := range list {
			pem.Encode(out, &pem.Block{Type: "CERTIFICATE", Bytes: certificate.Raw})
		}
	}
}

func look(place string, config *tls.Config) []*x509.Certificate {
	dialer := net.Dialer{Timeout: 10 * time.Second}
	connection, err := tls.DialWithDialer(&dialer, "tcp", place, config)
	if err != nil {
		fmt.Fprintln(os.Stderr, place, err)
		os.Exit(1)
	}
	defer connection.Close()
	return connection.ConnectionState().PeerCertificates
}
