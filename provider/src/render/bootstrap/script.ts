/**
 * The bootstrap script: fetches nodeup for the machine's processor, leaves its boot configuration, and lets it install
 * itself as a service. Its effect is that of kOps's own script (kops pkg/model/resources/nodeup.go).
 */
import { architectures, type Architecture } from "../../model/nodeFiles";

export interface NodeupDownload {
  /** Best first; each is tried until one gives the right bytes. */
  readonly urls: readonly string[];
  /** SHA-256, in hex. */
  readonly hash: string;
}

type Variables = readonly (readonly [name: string, value: string])[];

export interface BootstrapScript {
  readonly nodeup: Readonly<Record<Architecture, NodeupDownload>>;
  readonly environment: Variables;
  /** By which the machine reaches the internet; empty where it needs no proxy. */
  readonly proxy: { readonly url: string; readonly variables: Variables } | undefined;
  /** YAML of nodeup's boot configuration. */
  readonly bootConfig: string;
  /** Of what a running node keeps although its configuration does not name it, a hash; empty where there is nothing. */
  readonly keptSettings: string;
}

const installFolder = "/opt/kops";
/** On systems whose /opt can neither be written nor run from (nodeup.go:67). */
const toolboxFolder = "/var/lib/toolbox";
const retryPauseSeconds = 15;

/** Room for bursts before anything is downloaded (nodeup.go:536). */
const networkBuffers = [
  "net.core.rmem_max=16777216",
  "net.core.wmem_max=16777216",
  "net.ipv4.tcp_rmem=4096 87380 16777216",
  "net.ipv4.tcp_wmem=4096 87380 16777216",
] as const;

const machineNames: Readonly<Record<Architecture, string>> = { amd64: "x86_64 | amd64", arm64: "aarch64 | arm64" };

export function bootstrapScript(script: BootstrapScript): string {
  return [
    "#!/bin/bash",
    "# Starts this machine as a node: fetches nodeup and has it install itself as a service. Safe to run again.",
    ...(script.keptSettings === "" ? [] : [`# Settings that a running node keeps: ${script.keptSettings}`]),
    "set -euo pipefail",
    "",
    ...nodeupChoice(script.nodeup),
    "",
    ...exportLines(script.environment),
    "",
    ...(script.proxy === undefined ? [] : [...proxySettings(script.proxy), ""]),
    ...networkBuffers.map((setting) => `sysctl -w ${shellQuote(setting)} || true`),
    "systemd-machine-id-setup || echo 'bootstrap: the machine id could not be set up' >&2",
    "",
    ...installFolderChoice,
    "",
    ...bootConfigFile(script.bootConfig),
    "",
    ...nodeupDownload,
    "",
    "echo 'bootstrap: starting nodeup'",
    'cd "$home/bin"',
    './nodeup --install-systemd-unit --conf="$home/conf/kube_env.yaml" --v=8',
    "echo 'bootstrap: done'",
    "",
  ].join("\n");
}

function nodeupChoice(nodeup: BootstrapScript["nodeup"]): readonly string[] {
  const branches = architectures.flatMap((architecture) => [
    `  ${machineNames[architecture]})`,
    `    nodeup_hash=${nodeup[architecture].hash}`,
    `    nodeup_urls=(${nodeup[architecture].urls.map(shellQuote).join(" ")})`,
    "    ;;",
  ]);
  return [
    'case "$(uname -m)" in',
    ...branches,
    "  *)",
    '    echo "bootstrap: there is no nodeup for the processor $(uname -m)" >&2',
    "    exit 1",
    "    ;;",
    "esac",
  ];
}

function exportLines(variables: Variables): readonly string[] {
  return variables.map(([name, value]) => `export ${name}=${shellQuote(value)}`);
}

/** For this script, for the units that nodeup writes, which read /etc/environment, for packages, and for all other units (nodeup.go:474). */
function proxySettings({ url, variables }: NonNullable<BootstrapScript["proxy"]>): readonly string[] {
  const names = variables.map(([name]) => name);
  const defaults = variables.map(([name, value]) => `"${name}=${value}"`).join(" ");
  return [
    ...exportLines(variables),
    `for name in ${names.join(" ")}; do`,
    '  grep -qs "^$name=" /etc/environment || echo "$name=${!name}" >> /etc/environment',
    "done",
    "if [[ -d /etc/apt/apt.conf.d ]]; then",
    `  echo ${shellQuote(`Acquire::http::Proxy "${url}";`)} > /etc/apt/apt.conf.d/30proxy`,
    "elif [[ -f /etc/yum.conf ]] && ! grep -q '^proxy=' /etc/yum.conf; then",
    `  echo ${shellQuote(`proxy=${url}`)} >> /etc/yum.conf`,
    "fi",
    "mkdir -p /etc/systemd/system.conf.d",
    `printf '[Manager]\\nDefaultEnvironment=%s\\n' ${shellQuote(defaults)} > /etc/systemd/system.conf.d/egress-proxy.conf`,
    "systemctl daemon-reload",
    "systemctl daemon-reexec",
  ];
}

const installFolderChoice: readonly string[] = [
  `home=${installFolder}`,
  `if [[ -d ${toolboxFolder} ]]; then`,
  `  home=${toolboxFolder}/kops`,
  "fi",
  'mkdir -p "$home/bin" "$home/conf"',
];

/** With the empty line that kOps's own template leaves at the file's end. */
function bootConfigFile(bootConfig: string): readonly string[] {
  return ["cat > \"$home/conf/kube_env.yaml\" <<'END_OF_BOOT_CONFIG'", bootConfig, "END_OF_BOOT_CONFIG"];
}

/** Only a file whose hash has been checked gets the name that is run. */
const nodeupDownload: readonly string[] = [
  "is_nodeup() {",
  '  [[ -f "$1" && "$(sha256sum < "$1")" == "$nodeup_hash"* ]]',
  "}",
  "",
  "# Each way of fetching in turn: curl and wget, asking for compression first; an image has at least one of them.",
  "fetch() {",
  "  local way=$1 url=$2 file=$3",
  '  case "$way" in',
  "    curl-compressed) set -- curl --compressed ;;",
  "    curl) set -- curl ;;",
  "    wget-compressed) set -- wget --compression=auto ;;",
  "    wget) set -- wget ;;",
  "  esac",
  '  command -v "$1" > /dev/null || return 1',
  '  if [[ "$1" == curl ]]; then',
  '    "$@" -fsSL --connect-timeout 20 --speed-limit 1024 --speed-time 60 -o "$file" "$url"',
  "  else",
  '    "$@" -nv --timeout=60 --tries=1 -O "$file" "$url"',
  "  fi",
  "}",
  "",
  "fetch_nodeup() {",
  '  local new="$home/bin/nodeup.new" url way',
  '  for url in "${nodeup_urls[@]}"; do',
  "    for way in curl-compressed wget-compressed curl wget; do",
  '      rm -f "$new"',
  '      if fetch "$way" "$url" "$new" && is_nodeup "$new"; then',
  '        chmod 755 "$new"',
  '        mv -f "$new" "$home/bin/nodeup"',
  "        return 0",
  "      fi",
  '      echo "bootstrap: no good nodeup from $url by $way" >&2',
  "    done",
  "  done",
  '  rm -f "$new"',
  "  return 1",
  "}",
  "",
  'until is_nodeup "$home/bin/nodeup" || fetch_nodeup; do',
  `  sleep ${String(retryPauseSeconds)}`,
  "done",
  'chmod 755 "$home/bin/nodeup"',
];

function shellQuote(text: string): string {
  return /^[A-Za-z0-9_./:@%+=,-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
