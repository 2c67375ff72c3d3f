import eslint from "@eslint/js";
import tseslint from "typescript-eslint";

/**
 * The floors of provider/src, lowest first; those in one row are siblings. A file imports from its own floor and from
 * those below it.
 */
const floors = [
  ["schema"],
  ["encode"],
  ["releases"],
  ["model"],
  ["resolve"],
  ["addons"],
  ["validate"],
  ["plan", "render"],
  ["resources"],
  ["components"],
  ["adopt"],
];
/** Floors that hold custom resources or declare resources, and the command; all others are pure. */
const impureFloors = ["resources", "components", "adopt"];
const filesOf = (floor) => `provider/src/${floor}/**/*.ts`;

const noLocalCloud = { regex: "(^|/)localcloud(/|$)", message: "The provider never imports the local cloud." };
const noPulumi = {
  regex: "^@pulumi/",
  message: "Only provider/src/resources, components, main.ts and index.ts import Pulumi.",
};
const noNode = {
  regex: "^node:",
  message: "Rendering is pure: no Node modules. Hash in encode/hash.ts.",
};
// Node's modules resolve without the prefix as well, so those names are closed too.
const noBareNode = {
  regex:
    "^(assert|buffer|child_process|cluster|crypto|dns|events|fs|http|https|net|os|path|process|stream|timers|url|v8|vm|zlib)(/|$)",
  message: "Rendering is pure: no Node modules.",
};

/** A version of something belongs to a release. Addresses of four parts are none. */
const versionLiteral = "/(^|[^0-9.])[0-9]+\\.[0-9]+\\.[0-9]+(?!\\.?[0-9])|(^|[^a-z0-9])k8s-[0-9]+\\.[0-9]+/";
const noVersions = [
  "error",
  ...[`Literal[value=${versionLiteral}]`, `TemplateElement[value.raw=${versionLiteral}]`].map((selector) => ({
    selector,
    message: "A version is a fact of a kOps release: read it from the cluster's release (provider/src/releases).",
  })),
];

/** The releases themselves: a cluster carries its own, chosen once. */
const noReleaseFolder = {
  regex: "^(\\.\\./)+releases(/(?!release$)|$)",
  message: "Only resolve/ chooses a release; read its facts from the cluster (cluster.release).",
};
const floorsOfReleases = ["releases", "resolve"];

/** What is the same inputs but another answer: the clock, chance, the process and the locale. */
const impureGlobals = [
  ["Date", "No clock in rendering: times come in as values."],
  ["process", "No environment in rendering: what it holds comes in as values."],
  ["performance", "No clock in rendering."],
  ["Intl", "No locale in rendering: compare by code unit."],
  ["crypto", "No chance in rendering; hash in encode/hash.ts."],
  ["require", "Use import."],
  ["setTimeout", "Rendering does not wait."],
  ["setInterval", "Rendering does not wait."],
  ["console", "Rendering returns values; it prints nothing."],
  ["fetch", "Rendering does not reach out."],
  ["globalThis", "Rendering has no global state."],
].map(([name, message]) => ({ name, message }));

const purity = {
  "no-restricted-globals": ["error", ...impureGlobals],
  "no-restricted-properties": [
    "error",
    { object: "Math", property: "random", message: "No chance in rendering." },
    ...["localeCompare", "toLocaleLowerCase", "toLocaleUpperCase", "toLocaleString"].map((property) => ({
      property,
      message: "No locale in rendering: compare by code unit.",
    })),
  ],
};

/** What a floor may not import: those above it, and its siblings. */
function noHigherFloor(floor) {
  const own = floors.findIndex((row) => row.includes(floor));
  const closed = floors.flatMap((row, index) => (index < own ? [] : row.filter((name) => name !== floor)));
  return {
    // The way up to provider/src and down again; a folder of the same name within a floor is not meant.
    regex: `^(\\.\\./)+(${closed.join("|")})(/|$)`,
    message: `provider/src/${floor} imports only from the floors below it (eslint.config.mjs lists them).`,
  };
}

const restrictImports = (...patterns) => ["error", { patterns }];
/** The types alone say what a value is; they bring nothing of Pulumi into a run. */
const noPulumiValues = { ...noPulumi, allowTypeImports: true };

/** One block a floor: ESLint takes the last that matches, so each says all. */
const floorRules = floors.flat().map((floor) => {
  const isPure = !impureFloors.includes(floor);
  const knowsReleases = floorsOfReleases.includes(floor);
  const patterns = [
    noLocalCloud,
    noHigherFloor(floor),
    ...(knowsReleases ? [] : [noReleaseFolder]),
    ...(isPure ? [noPulumiValues, noNode, noBareNode] : []),
  ];
  return {
    files: [filesOf(floor)],
    rules: {
      ...(isPure ? purity : {}),
      "no-restricted-imports": "off",
      "@typescript-eslint/no-restricted-imports": restrictImports(...patterns),
    },
  };
});

const strictness = {
  "@typescript-eslint/no-floating-promises": "error",
  "@typescript-eslint/switch-exhaustiveness-check": ["error", { considerDefaultExhaustiveForUnions: true }],
  "@typescript-eslint/consistent-type-imports": [
    "error",
    { fixStyle: "inline-type-imports", disallowTypeAnnotations: false },
  ],
  "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true, allowBoolean: true }],
  "@typescript-eslint/no-unnecessary-condition": "error",
  "@typescript-eslint/prefer-readonly": "error",
  "@typescript-eslint/dot-notation": ["error", { allowIndexSignaturePropertyAccess: true }],
  "@typescript-eslint/no-confusing-void-expression": [
    "error",
    { ignoreArrowShorthand: true, ignoreVoidReturningFunctions: true },
  ],
  "@typescript-eslint/no-unused-vars": [
    "error",
    { argsIgnorePattern: "^_", varsIgnorePattern: "^_", ignoreRestSiblings: true },
  ],
  // A type parameter used once still ties a caller's type to a result.
  "@typescript-eslint/no-unnecessary-type-parameters": "off",
  // Recursive types need the form that these two forbid.
  "@typescript-eslint/consistent-type-definitions": "off",
  "@typescript-eslint/consistent-indexed-object-style": "off",
  // Pulumi's component classes and mocks are classes and async functions by contract, even when they need neither.
  "@typescript-eslint/no-extraneous-class": "off",
  "@typescript-eslint/require-await": "off",
  // Strings are compared and split by code point here, never by what a reader of some language sees.
  "@typescript-eslint/no-misused-spread": "off",
  // Checks of names and of bytes look for control characters on purpose.
  "no-control-regex": "off",
  eqeqeq: "error",
  "max-lines": ["error", { max: 400, skipBlankLines: true, skipComments: true }],
  "max-lines-per-function": ["error", { max: 60, skipBlankLines: true, skipComments: true }],
};

export default tseslint.config(
  {
    // The examples are programs of their own, checked against the packed SDKs by the tier "release" and the engine.
    ignores: ["dist/", "**/dist/", "**/node_modules/", "sdk/", "**/*.gen.ts", "**/.venv/", "examples/"],
  },
  { linterOptions: { reportUnusedDisableDirectives: "error" } },
  eslint.configs.recommended,
  {
    files: ["**/*.ts"],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: strictness,
  },
  {
    files: ["**/*.{mjs,cjs,js}"],
    languageOptions: {
      globals: Object.fromEntries(
        ["process", "console", "setTimeout", "clearTimeout", "require", "module", "__dirname", "URL", "Buffer"].map(
          (name) => [name, "readonly"],
        ),
      ),
    },
  },
  {
    files: ["provider/**/*.ts"],
    rules: { "no-restricted-imports": restrictImports(noLocalCloud) },
  },
  ...floorRules,
  { files: ["provider/src/**/*.ts"], ignores: [filesOf("releases")], rules: { "no-restricted-syntax": noVersions } },
  {
    files: ["provider/src/encode/hash.ts"],
    rules: {
      "@typescript-eslint/no-restricted-imports": restrictImports(noLocalCloud, noHigherFloor("encode"), noPulumi, {
        ...noNode,
        regex: "^node:(?!crypto$)",
      }),
    },
  },
  {
    files: ["localcloud/plugins/**/*.ts"],
    rules: {
      // A stand-in loads a service's client only when a program uses that service, and serves deprecated names as well.
      "@typescript-eslint/no-require-imports": "off",
      "@typescript-eslint/no-deprecated": "off",
    },
  },
  {
    files: ["tests/**/*.ts"],
    rules: {
      "max-lines-per-function": "off",
      // chai's properties are assertions.
      "@typescript-eslint/no-unused-expressions": "off",
      "@typescript-eslint/no-non-null-assertion": "off",
      // Tests read states, YAML and JSON that have no types.
      ...Object.fromEntries(
        ["argument", "assignment", "call", "member-access", "return"].map((what) => [
          `@typescript-eslint/no-unsafe-${what}`,
          "off",
        ]),
      ),
    },
  },
);
