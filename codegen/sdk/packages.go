package main

import (
	"bytes"
	"fmt"
)

// What the generators leave out of a package that is to be published as it is.

// The generator's own package.json is for a package that something else assembles in bin; with these, `npm pack` in the
// folder does it.
const nodejsEntries = `"main": "bin/index.js",
    "types": "bin/index.d.ts",
    "files": [
        "bin",
        "!bin/**/*.map"
    ],
    "engines": {
        "node": ">=20"
    },
    "scripts": {
        "build": "tsc -p .",
        "prepack": "npm run build"
    },`

const nodejsScripts = `"scripts": {
        "build": "tsc"
    },`

func finishNodejs(files map[string][]byte) error {
	if err := replace(files, "package.json", nodejsScripts, nodejsEntries); err != nil {
		return err
	}
	// From bin/utilities.js.
	return replace(files, "utilities.ts", `require('./package.json')`, `require('../package.json')`)
}

// The project's own README is beside pyproject.toml, which names it there.
func finishPython(files map[string][]byte) error {
	delete(files, "pulumi_kops_karpenter/README.md")
	return nil
}

func replace(files map[string][]byte, name, old, with string) error {
	if bytes.Count(files[name], []byte(old)) != 1 {
		return fmt.Errorf("%s does not hold %q once", name, old)
	}
	files[name] = bytes.Replace(files[name], []byte(old), []byte(with), 1)
	return nil
}
