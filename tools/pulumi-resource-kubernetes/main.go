// The Kubernetes plugin of Pulumi, from its own module. The published one embeds the schema of every kind, which only
// generated SDKs need; a name is enough to serve.
package main

import (
	"github.com/pulumi/pulumi-kubernetes/provider/v4/pkg/provider"
	"github.com/pulumi/pulumi-kubernetes/provider/v4/pkg/version"
)

func main() {
	provider.Serve("kubernetes", version.Version, []byte(`{"name":"kubernetes","version":"`+version.Version+`"}`), []byte("{}"))
}
