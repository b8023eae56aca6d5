"""The rota: shifts as published, need against cover, weeks solved, settled and planned anew."""
