/// HTTP message signatures (RFC 9421) as far as devices use them: one label, one algorithm, a fixed
/// set of components. Pure rules: nothing in here reads the network, and only [DeviceRequests] asks
/// the stores.
///
/// ```
/// Signature-Input: edgewright=("@method" "@authority" "@path" "@query" "content-digest")
///     ;created=1772366400;nonce="...";keyid="...";alg="ecdsa-p256-sha256"
/// Signature: edgewright=:<base64 of r||s>:
/// ```
///
/// The signed text ([SignatureBase]) has one line a component and ends with the parameters:
///
/// ```
/// "@method": GET
/// "@authority": 127.0.0.1:8080
/// "@path": /v1/devices/self/desired
/// "@query": ?rootVersion=1
/// "@signature-params": ("@method" "@authority" "@path" "@query");created=...
/// ```
@NullMarked
package io.edgewright.functions.core.signature;

import org.jspecify.annotations.NullMarked;
