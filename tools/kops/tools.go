//go:build tools

// Package tools pins the programs that the Makefile builds from this module.
package tools

import (
	_ "k8s.io/kops/cmd/kops"
	_ "k8s.io/kops/cmd/nodeup"
)
