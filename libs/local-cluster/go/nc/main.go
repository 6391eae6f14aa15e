// A client as busybox's nc is where it is built with NC_110_COMPAT, as in Alpine and so in Kafka's official image: it ends
// when the peer and its own input have ended, both. Debian's is built without, and ends with the peer.
//
//	nc [-w SECONDS] HOST PORT    -w: to connect within; also ends after twice as long without a byte or an end
package main

import (
	"flag"
	"fmt"
	"io"
	"net"
	"os"
	"time"
)

func main() {
	seconds := flag.Int("w", 0, "seconds to connect within, and half of how long nothing may happen")
	flag.Parse()
	if flag.NArg() != 2 {
		flag.Usage()
		os.Exit(1)
	}
	wait := time.Duration(*seconds) * time.Second
	peer, err := connect(flag.Arg(0), flag.Arg(1), wait)
	if err != nil {
		fmt.Fprintln(os.Stderr, "nc:", err)
		os.Exit(1)
	}
	events := make(chan event)
	go copyTo(os.Stdout, peer, events)
	go copyTo(peer, os.Stdin, events)
	quiet := 0
	for open := 2; open > 0; {
		select {
		case happened := <-events:
			if happened == ended {
				open--
			}
		case <-after(wait):
			if quiet++; quiet == 2 {
				return
			}
		}
	}
}

// Of several addresses the first alone is tried.
func connect(host, port string, wait time.Duration) (net.Conn, error) {
	addresses, err := net.LookupHost(host)
	if err != nil {
		return nil, err
	}
	return net.DialTimeout("tcp", net.JoinHostPort(addresses[0], port), wait)
}

type event int

const (
	moved event = iota
	ended
)

// The peer is told of the input's end.
func copyTo(to io.Writer, from io.Reader, events chan<- event) {
	buffer := make([]byte, 8192)
	for {
		count, err := from.Read(buffer)
		if _, failed := to.Write(buffer[:count]); failed != nil {
			fmt.Fprintln(os.Stderr, "nc:", failed)
			os.Exit(1)
		}
		if err != nil {
			if peer, ok := to.(*net.TCPConn); ok {
				peer.CloseWrite()
			}
			events <- ended
			return
		}
		events <- moved
	}
}

// Never, where there is no limit.
func after(wait time.Duration) <-chan time.Time {
	if wait == 0 {
		return nil
	}
	return time.After(wait)
}
