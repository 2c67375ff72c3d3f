//go:build tools

// Package tools pins the programs that tools/build makes from this module.
package tools

import (
	_ "github.com/aws/karpenter-provider-aws/cmd/controller"
)
