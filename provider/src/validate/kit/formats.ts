/** Formats of Kubernetes, AWS and the web that several inputs share. */

export interface Format {
  /** What a value is said not to be, for example `DNS name`. */
  readonly name: string;
  test(text: string): boolean;
  /** What it must be, in words. */
  readonly rule: string;
}

export function pattern(name: string, expression: RegExp, rule: string): Format {
  return { name, test: (text) => expression.test(text), rule };
}

const dnsLabelPattern = /^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/;
const qualifiedName = /^[A-Za-z0-9]([A-Za-z0-9_.-]*[A-Za-z0-9])?$/;

export const dnsNameRule = "lowercase letters, digits, - and ., starting and ending with a letter or digit";

export function isDnsLabel(text: string): boolean {
  return text.length <= 63 && dnsLabelPattern.test(text);
}

export function isDnsName(text: string): boolean {
  return text.length <= 253 && text.split(".").every(isDnsLabel);
}

export function dnsName(name: string): Format {
  return { name, test: isDnsName, rule: dnsNameRule };
}

export function dnsLabel(name: string): Format {
  const rule = "at most 63 lowercase letters, digits and -, starting and ending with a letter or digit";
  return { name, test: isDnsLabel, rule };
}

/** `name` or `prefix/name`. */
function isLabelKey(text: string): boolean {
  const [first = "", second, ...more] = text.split("/");
  if (more.length > 0) {
    return false;
  }
  const name = second ?? first;
  return name.length <= 63 && qualifiedName.test(name) && (second === undefined || isDnsName(first));
}

/** A label or taint key, or another name of that form. */
export function labelKey(name = "label key"): Format {
  const rule = "a Kubernetes name: at most 63 letters, digits, -, _ and ., with an optional DNS prefix and /";
  return { name, test: isLabelKey, rule };
}

export function labelValue(name = "label value"): Format {
  return {
    name,
    test: (text) => text === "" || (text.length <= 63 && qualifiedName.test(text)),
    rule: "at most 63 letters, digits, -, _ and ., starting and ending with a letter or digit, or empty",
  };
}

/** An exponent has two digits at most: a larger one is out of range for Kubernetes. */
const daysOfMonths = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** As kOps writes and reads the times of its keys. */
export const utcTime: Format = {
  name: "time",
  test: (text) => {
    const parts = /^(\d{4})-(\d\d)-(\d\d)T([01]\d|2[0-3]):[0-5]\d:[0-5]\dZ$/.exec(text)?.slice(1).map(Number);
    const [year = 0, month = 0, day = 0] = parts ?? [];
    const isLeapYear = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
    const days = month === 2 && !isLeapYear ? 28 : (daysOfMonths[month - 1] ?? 0);
    return day >= 1 && day <= days;
  },
  rule: "a time in UTC such as 2027-03-01T12:00:00Z",
};

export const quantity = pattern(
  "quantity",
  /^(([0-9]{1,32}(\.[0-9]{0,32})?)|(\.[0-9]{1,32}))(([KMGTPE]i)|[numkMGTPE]|([eE][+-]?[0-9]{1,2}))?$/,
  "a Kubernetes quantity such as 500m, 2 or 1Gi",
);

export function featureGate(example: string): Format {
  return pattern("feature gate", /^[A-Z][A-Za-z0-9]*$/, `a name such as ${example}`);
}

const urlPattern = /^([a-z]+):\/\/(\[[0-9a-fA-F:.]+\]|[A-Za-z0-9.-]+)(:[0-9]{1,5})?(\/[^\s?#]*)?$/;

/** A URL with a host and nothing but a path behind it, at most as long as browsers and proxies accept. */
function isUrl(text: string, schemes: readonly string[]): boolean {
  const [, scheme = "", , port] = urlPattern.exec(text) ?? [];
  return schemes.includes(scheme) && isPort(port?.slice(1)) && text.length <= 2048;
}

function isPort(text: string | undefined): boolean {
  return text === undefined || (Number(text) >= 1 && Number(text) <= 65_535);
}

export const webUrl: Format = {
  name: "URL",
  test: (text) => isUrl(text, ["http", "https"]),
  rule: "http:// or https:// with a host, and optionally a port and path",
};

export const apiUrl: Format = {
  name: "API endpoint",
  test: (text) => isUrl(text, ["https"]),
  rule: "https:// with a host, and optionally a port",
};

/** A host, and perhaps a port and path, without a scheme. */
export const registry: Format = {
  name: "registry",
  test: isRegistry,
  rule: "a host with an optional port and path, without a scheme or trailing slash",
};

function isRegistry(text: string): boolean {
  const match = /^[A-Za-z0-9.-]+(:[0-9]{1,5})?(\/[a-z0-9._-]+)*$/.exec(text);
  return match !== null && isPort(match[1]?.slice(1)) && text.length <= 255;
}

export const containerImage = pattern(
  "image",
  /^[A-Za-z0-9.-]+(:[0-9]{1,5})?(\/[a-z0-9._-]+)*(:\w[\w.-]{0,127})?(@sha256:[0-9a-f]{64})?$/,
  "an image such as registry.example.com/path/name:tag",
);

export const unquotedText = pattern(
  "text",
  /^[^"\\\p{Cc}]*$/u,
  "text without quotes, backslashes and control characters",
);

export const chart: Format = {
  name: "chart",
  test: (text) =>
    text.startsWith("oci://")
      ? isRegistry(text.slice("oci://".length)) && text.slice("oci://".length).includes("/")
      : text.trim() !== "" && !text.includes("://"),
  rule: "an OCI reference without a tag, as in oci://host/path, or a local path",
};

export const vpcId = pattern("VPC id", /^vpc-[0-9a-z]{1,32}$/, "an id such as vpc-0123456789abcdef0");
export const subnetId = pattern("subnet id", /^subnet-[0-9a-z]{1,32}$/, "an id such as subnet-0123456789abcdef0");
export const egressId = pattern(
  "egress",
  /^(tgw|nat|eipalloc)-[0-9a-z]{1,32}$/,
  "the id of a transit gateway (tgw-…), a NAT gateway (nat-…) or an elastic IP (eipalloc-…)",
);
export const securityGroupId = pattern(
  "security group id",
  /^sg-[0-9a-z]{1,32}$/,
  "an id such as sg-0123456789abcdef0",
);
export const policyArn = pattern(
  "policy ARN",
  /^arn:aws[a-z-]*:iam::([0-9]{12}|aws):policy\/[\w+=,.@/-]{1,640}$/,
  "the ARN of a policy such as arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess",
);
export const kmsKeyArn = pattern(
  "KMS key ARN",
  /^arn:aws[a-z-]*:kms:[a-z0-9-]+:[0-9]{12}:(key|alias)\/[A-Za-z0-9/_-]{1,250}$/,
  "the ARN of a KMS key such as arn:aws:kms:us-east-1:123456789012:key/…",
);

/** Whether a key's prefix is the domain or below it. */
export function inDomain(key: string, domain: string): boolean {
  const slash = key.indexOf("/");
  const prefix = slash < 0 ? "" : key.slice(0, slash);
  return prefix === domain || prefix.endsWith(`.${domain}`);
}
