"""What every address of the API shares. Knows no child care.

Conventions of the Belgif REST guide: lowerCamelCase, problems as RFC 9457 with URNs, collections
with `items`, `total` and `next`, strong ETags. Unknown input is refused, so that a typing error is
heard. What stands here is named in the setting REST_FRAMEWORK.
"""
