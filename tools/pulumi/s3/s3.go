// Package s3 has what the Pulumi CLI names of AWS's client without using it: its buckets are left out of this build.
package s3

// CopyObjectInput would be a request to copy an object of a bucket.
type CopyObjectInput struct {
	// CopySource is the bucket and key of the original.
	CopySource *string
}
