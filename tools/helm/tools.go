//go:build tools

// Package tools pins the programs that tools/build makes from this module.
package tools

import (
	_ "helm.sh/helm/v3/cmd/helm"
)
