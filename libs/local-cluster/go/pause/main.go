// The first process of a pod: it holds the pod's namespaces and buries what dies in them.
package main

import (
	"os"
	"os/signal"
	"syscall"
)

func main() {
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, syscall.SIGINT, syscall.SIGTERM, syscall.SIGCHLD)
	for received := range signals {
		if received != syscall.SIGCHLD {
			return
		}
		for {
			if dead, _ := syscall.Wait4(-1, nil, syscall.WNOHANG, nil); dead <= 0 {
				break
			}
		}
	}
}
