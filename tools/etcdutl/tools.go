//go:build tools

// Package tools pins the programs that tools/build makes from this module.
package tools

import (
	_ "go.etcd.io/etcd/etcdutl/v3"
)
