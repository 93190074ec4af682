"""What is said in two ways agrees: rows and rulings, engines, packages."""
