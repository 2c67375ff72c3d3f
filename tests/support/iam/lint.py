"""Lints IAM policies with parliament: documents by name on standard input, findings by name on standard output, as JSON."""

import json
import sys

import parliament

documents = json.load(sys.stdin)
findings = {}
for name, document in documents.items():
    policy = parliament.analyze_policy_string(json.dumps(document), include_community_auditors=True)
    findings[name] = sorted(
        (
            {
                "issue": each.issue,
                "severity": each.severity or "",
                "detail": each.detail if isinstance(each.detail, str) else json.dumps(each.detail, sort_keys=True, default=str),
            }
            for each in policy.findings
        ),
        key=lambda finding: (finding["issue"], finding["detail"]),
    )
json.dump(findings, sys.stdout)
