"""Small wins and setbacks: noted in a minute, kept, and set beside an older one."""
