// Command generate-sdk writes the SDKs of the package from its schema: generate-sdk SCHEMA VERSION DIR makes
// DIR/{nodejs,python,go}.
package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	gogen "github.com/pulumi/pulumi/pkg/v3/codegen/go"
	"github.com/pulumi/pulumi/pkg/v3/codegen/nodejs"
	"github.com/pulumi/pulumi/pkg/v3/codegen/python"
	"github.com/pulumi/pulumi/pkg/v3/codegen/schema"
)

const tool = "make generate"

// A language's SDK: generated, then finished into a package.
type sdk struct {
	generate func(*schema.Package) (map[string][]byte, error)
	finish   func(map[string][]byte) error
}

var sdks = map[string]sdk{
	"nodejs": {
		generate: func(pkg *schema.Package) (map[string][]byte, error) {
			return nodejs.GeneratePackage(tool, pkg, nil, nil, false, nil)
		},
		finish: finishNodejs,
	},
	"python": {
		generate: func(pkg *schema.Package) (map[string][]byte, error) {
			return python.GeneratePackage(tool, pkg, nil, nil)
		},
		finish: finishPython,
	},
	"go": {
		generate: func(pkg *schema.Package) (map[string][]byte, error) {
			return gogen.GeneratePackage(tool, pkg, nil)
		},
		finish: func(map[string][]byte) error { return nil },
	},
}

func main() {
	if len(os.Args) != 4 {
		fmt.Fprintln(os.Stderr, "usage: generate-sdk SCHEMA VERSION DIR")
		os.Exit(2)
	}
	if err := run(os.Args[1], os.Args[2], os.Args[3]); err != nil {
		fmt.Fprintln(os.Stderr, "generate-sdk:", err)
		os.Exit(1)
	}
}

func run(schemaFile, version, target string) error {
	text, err := os.ReadFile(schemaFile)
	if err != nil {
		return err
	}
	for language, sdk := range sdks {
		// Each generator changes the package that it is given, so each gets its own.
		pkg, err := load(text, version)
		if err != nil {
			return fmt.Errorf("%s: %w", schemaFile, err)
		}
		files, err := sdk.generate(pkg)
		if err == nil {
			err = sdk.finish(files)
		}
		if err != nil {
			return fmt.Errorf("%s: %w", language, err)
		}
		if err := write(filepath.Join(target, language), files); err != nil {
			return err
		}
	}
	return nil
}

func load(text []byte, version string) (*schema.Package, error) {
	var spec schema.PackageSpec
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&spec); err != nil {
		return nil, err
	}
	if spec.Version != "" && spec.Version != version {
		return nil, fmt.Errorf("its version is %s, that of package.json is %s", spec.Version, version)
	}
	spec.Version = version
	// Makes each SDK a package that can be published: with its version, and for Go with a go.mod.
	if spec.Meta == nil {
		spec.Meta = &schema.MetadataSpec{}
	}
	spec.Meta.SupportPack = true
	// The schema refers to no other package, so there is nothing to load.
	pkg, diagnostics, err := schema.BindSpec(spec, schema.NewNullLoader(), schema.ValidationOptions{})
	if err != nil {
		return nil, err
	}
	for _, diagnostic := range diagnostics {
		err = errors.Join(err, diagnostic)
	}
	return pkg, err
}

func write(folder string, files map[string][]byte) error {
	for name, content := range files {
		path := filepath.Join(folder, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(path, content, 0o644); err != nil {
			return err
		}
	}
	return nil
}
