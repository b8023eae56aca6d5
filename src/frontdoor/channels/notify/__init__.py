"""GOV.UK Notify: email, texts and letters, and what it calls back with."""
