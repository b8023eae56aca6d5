"""Pages and schemas written from the code and from packs, so that they cannot lie; `./run generate` keeps them."""
