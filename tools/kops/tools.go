//go:build tools

// Package tools pins the programs that tools/build makes from this module.
package tools

import (
	_ "k8s.io/kops/channels/cmd/channels"
	_ "k8s.io/kops/cmd/kops"
	_ "k8s.io/kops/cmd/kops-controller"
	_ "k8s.io/kops/cmd/nodeup"
)
