"""What all pages share: base page, components, language, who looks, errors."""
