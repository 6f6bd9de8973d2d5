"""Take the guards of the addon away, one at a time, and see whether a test notices."""
