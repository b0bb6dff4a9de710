"""The noodplan: what happens with the families when their location closes."""
