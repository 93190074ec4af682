"""Goals and problems at the phone: what one works on, how far one is, and how it came to be."""
