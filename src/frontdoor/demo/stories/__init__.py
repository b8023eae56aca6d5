"""What happens in the cases of each service, as tables of steps. A story names moves of the service's own journey."""
