// kOps-compatible Kubernetes clusters on AWS whose workers Karpenter provisions.
package kopskarpenter
