// Package shim hands out the provider that its module keeps internal. Go lets it: this package's import path lies below
// that module's.
package shim

import (
	"github.com/hashicorp/terraform-plugin-framework/provider"
	internal "github.com/hashicorp/terraform-provider-tls/internal/provider"
)

// New returns the provider.
func New() provider.Provider { return internal.New() }
