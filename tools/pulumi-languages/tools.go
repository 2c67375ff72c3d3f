//go:build tools

// Package tools pins the programs that tools/build makes from this module: the last release whose SDK has every language
// host. Later ones have them in modules that no proxy serves.
package tools

import (
	_ "github.com/pulumi/pulumi/sdk/v3/go/pulumi-language-go"
	_ "github.com/pulumi/pulumi/sdk/v3/nodejs/cmd/pulumi-language-nodejs"
	_ "github.com/pulumi/pulumi/sdk/v3/python/cmd/pulumi-language-python"
)
